using System.Buffers.Binary;
using System.Text;

namespace InceptionMl.Networks.Weights.Archives;

/// <summary>
/// The central directory of a zip archive (APPNOTE 6.3, sections 4.3.12 to 4.3.16), with the 64-bit fields PyTorch writes.
/// </summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint End64Signature = 0x06064b50;
    private const uint RecordSignature = 0x02014b50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int RecordLength = 46;
    private const int LongestComment = ushort.MaxValue;

    // A network has some thousand tensors, each an entry of about a hundred bytes here.
    private const int LongestDirectory = 16 << 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="WeightException">The stream is no zip archive, or its directory is damaged.</exception>
    public static Dictionary<string, ZipRecord> Read(Stream stream, string source)
    {
        (long offset, long length) = Find(stream, source);
        if (offset < 0 || length < 0 || length > LongestDirectory || offset > stream.Length - length)
        {
            throw new WeightException(
                $"{source} is damaged: its zip directory is said to be {length} bytes at byte {offset}; "
                + $"the file has {stream.Length} and {LongestDirectory} is the limit.");
        }

        byte[] directory = ReadAt(stream, offset, (int)length);
        Dictionary<string, ZipRecord> records = new(StringComparer.Ordinal);
        for (int at = 0; at < directory.Length;)
        {
            ZipRecord record = ParseRecord(directory, ref at, offset, source);
            if (!records.TryAdd(record.Name, record))
            {
                throw new WeightException($"{source} is damaged: '{record.Name}' stands in its zip directory twice.");
            }
        }

        return records;
    }

    public static byte[] ReadAt(Stream stream, long offset, int length)
    {
        byte[] bytes = new byte[length];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static (long Offset, long Length) Find(Stream stream, string source)
    {
        int tail = (int)Math.Min(stream.Length, EndLength + LongestComment);
        byte[] bytes = ReadAt(stream, stream.Length - tail, tail);
        for (int at = tail - EndLength; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = bytes.AsSpan(at);
            if (UInt32(end, 0) != EndSignature || EndLength + UInt16(end, 20) != end.Length)
            {
                continue;
            }

            (uint length, uint offset) = (UInt32(end, 12), UInt32(end, 16));
            return length == uint.MaxValue || offset == uint.MaxValue || UInt16(end, 10) == ushort.MaxValue
                ? Find64(stream, stream.Length - tail + at, source)
                : (offset, length);
        }

        throw new WeightException($"{source} begins as a zip archive and has no end of one: it is cut short. Fetch it again.");
    }

    private static (long Offset, long Length) Find64(Stream stream, long end, string source)
    {
        if (end >= LocatorLength)
        {
            byte[] locator = ReadAt(stream, end - LocatorLength, LocatorLength);
            long position = Int64(locator, 8);
            if (UInt32(locator, 0) == LocatorSignature && position >= 0 && position <= stream.Length - End64Length)
            {
                byte[] end64 = ReadAt(stream, position, End64Length);
                if (UInt32(end64, 0) == End64Signature)
                {
                    return (Int64(end64, 48), Int64(end64, 40));
                }
            }
        }

        throw new WeightException($"{source} is damaged: it announces a 64-bit zip directory at byte {end} and has none.");
    }

    private static ZipRecord ParseRecord(byte[] directory, ref int at, long offset, string source)
    {
        ReadOnlySpan<byte> record = directory.AsSpan(at);
        if (record.Length < RecordLength || UInt32(record, 0) != RecordSignature)
        {
            throw Damaged(source, offset + at);
        }

        (int name, int extra, int comment) = (UInt16(record, 28), UInt16(record, 30), UInt16(record, 32));
        if (record.Length < RecordLength + name + extra + comment)
        {
            throw Damaged(source, offset + at);
        }

        (long compressed, long length, long header) = (UInt32(record, 20), UInt32(record, 24), UInt32(record, 42));
        Wide(record.Slice(RecordLength + name, extra), ref length, ref compressed, ref header);
        at += RecordLength + name + extra + comment;
        string path = Encoding.UTF8.GetString(record.Slice(RecordLength, name));
        if (!TensorName.IsPlain(path))
        {
            throw Damaged(source, offset + at);
        }

        return new ZipRecord(path, UInt16(record, 8), UInt16(record, 10), compressed, length, header);
    }

    // Section 4.5.3: field 1 holds, in this order, those of the three that do not fit into 32 bits.
    private static void Wide(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long header)
    {
        while (extra.Length >= 4)
        {
            int size = Math.Min(UInt16(extra, 2), extra.Length - 4);
            ReadOnlySpan<byte> field = extra.Slice(4, size);
            if (UInt16(extra, 0) == 1)
            {
                Widen(ref length, ref field);
                Widen(ref compressed, ref field);
                Widen(ref header, ref field);
            }

            extra = extra[(4 + size)..];
        }
    }

    private static void Widen(ref long value, ref ReadOnlySpan<byte> field)
    {
        if (value == uint.MaxValue && field.Length >= 8)
        {
            value = Int64(field, 0);
            field = field[8..];
        }
    }

    private static WeightException Damaged(string source, long offset) =>
        new($"{source} is damaged: no record of a zip directory stands at byte {offset}. Fetch it again.");

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
