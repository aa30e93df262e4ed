using System.Buffers.Binary;

namespace InceptionMl.Zip;

/// <summary>
/// An archive's central directory (APPNOTE.TXT 4.3.12 to 4.3.16, with zip64), read one entry at a time: the framework's archive holds
/// all of it in memory, hundreds of bytes per entry, whatever the archive claims.
/// </summary>
internal sealed class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int RecordLength = 46;
    private const ushort Zip64Extra = 1;

    private readonly Stream archive;

    private ZipDirectory(Stream archive, long offset, long length, long entries)
    {
        this.archive = archive;
        Length = length;
        Offset = offset;
        Entries = entries;
    }

    /// <summary>Gets where the directory starts: all content lies before.</summary>
    public long Offset { get; }

    /// <summary>Gets its bytes; they all lie in the archive.</summary>
    public long Length { get; }

    /// <summary>Gets how many entries it states.</summary>
    public long Entries { get; }

    /// <summary>Finds the directory of an archive.</summary>
    /// <param name="archive">A stream that can seek; it stays the caller's, and its position is the directory's while records are read.</param>
    /// <exception cref="InvalidDataException">There is no directory, or it does not lie in the file. The message follows the file's name.</exception>
    public static ZipDirectory Find(Stream archive)
    {
        long total = archive.Length;
        byte[] tail = ReadAt(archive, Math.Max(0, total - EndLength - LongestComment), (int)Math.Min(total, EndLength + LongestComment));
        int at = FindEnd(tail);
        if (at < 0)
        {
            throw new InvalidDataException("is no zip archive, or one that is cut off: copy it again from its source");
        }

        ReadOnlySpan<byte> end = tail.AsSpan(at, EndLength);
        long endOffset = total - tail.Length + at;
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (entries == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue)
        {
            (entries, length, offset) = Zip64(archive, endOffset) ?? (entries, length, offset);
        }

        return entries >= 0 && length >= 0 && offset >= 0 && offset <= endOffset && length <= endOffset - offset
            ? new ZipDirectory(archive, offset, length, entries)
            : throw new InvalidDataException("is a zip archive whose directory does not lie in the file: copy it again from its source");
    }

    /// <summary>Gets the entries, in the directory's order.</summary>
    /// <exception cref="InvalidDataException">The directory is damaged.</exception>
    public IEnumerable<ZipRecord> Records()
    {
        byte[] fixedPart = new byte[RecordLength];
        byte[] rest = new byte[3 * ushort.MaxValue];
        archive.Position = Offset;
        BufferedStream stream = new(archive, 1 << 16);
        long left = Length;
        for (long i = 0; i < Entries; i++)
        {
            yield return ReadRecord(stream, fixedPart, rest, ref left) ?? throw new InvalidDataException(FormattableString.Invariant(
                $"is a zip archive whose directory is damaged after {i} of {Entries} entries; the others were not read"));
        }
    }

    /// <summary>Bytes of an archive.</summary>
    public static byte[] ReadAt(Stream archive, long offset, int count)
    {
        byte[] bytes = new byte[count];
        archive.Position = offset;
        archive.ReadExactly(bytes);
        return bytes;
    }

    private static ZipRecord? ReadRecord(Stream stream, byte[] fixedPart, byte[] rest, ref long left)
    {
        left -= RecordLength;
        if (left < 0 || stream.ReadAtLeast(fixedPart, RecordLength, throwOnEndOfStream: false) < RecordLength || !fixedPart.AsSpan().StartsWith("PK\u0001\u0002"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> part = fixedPart;
        int name = BinaryPrimitives.ReadUInt16LittleEndian(part[28..]);
        int extra = BinaryPrimitives.ReadUInt16LittleEndian(part[30..]);
        int all = name + extra + BinaryPrimitives.ReadUInt16LittleEndian(part[32..]);
        left -= all;
        if (left < 0 || stream.ReadAtLeast(rest.AsSpan(0, all), all, throwOnEndOfStream: false) < all)
        {
            return null;
        }

        long packed = BinaryPrimitives.ReadUInt32LittleEndian(part[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(part[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(part[42..]);
        ReadOnlySpan<byte> large = ZipExtra.Find(rest.AsSpan(name, extra), Zip64Extra);
        return TryWiden(ref length, ref large) && TryWiden(ref packed, ref large) && TryWiden(ref offset, ref large)
            ? new ZipRecord(
                rest[..name],
                rest[name..(name + extra)],
                BinaryPrimitives.ReadUInt16LittleEndian(part[8..]),
                BinaryPrimitives.ReadUInt16LittleEndian(part[10..]),
                BinaryPrimitives.ReadUInt32LittleEndian(part[16..]),
                packed,
                length,
                offset)
            : null;
    }

    // A field that four bytes cannot hold is all ones, and stands in the zip64 extra field, those that need it one after another.
    private static bool TryWiden(ref long value, ref ReadOnlySpan<byte> large)
    {
        if (value != uint.MaxValue)
        {
            return true;
        }

        if (large.Length < sizeof(long))
        {
            return false;
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(large);
        large = large[sizeof(long)..];
        return value >= 0;
    }

    // The comment behind it may hold the signature too: the right one is followed by exactly as many bytes as it states.
    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        for (int at = tail.Length - EndLength; at >= 0; at--)
        {
            if (tail[at..].StartsWith("PK\u0005\u0006"u8) && at + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length)
            {
                return at;
            }
        }

        return -1;
    }

    private static (long Entries, long Length, long Offset)? Zip64(Stream archive, long endOffset)
    {
        if (endOffset < LocatorLength)
        {
            return null;
        }

        ReadOnlySpan<byte> locator = ReadAt(archive, endOffset - LocatorLength, LocatorLength);
        long at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        if (!locator.StartsWith("PK\u0006\u0007"u8) || at < 0 || at > endOffset - LocatorLength - End64Length)
        {
            return null;
        }

        ReadOnlySpan<byte> end = ReadAt(archive, at, End64Length);
        return end.StartsWith("PK\u0006\u0006"u8)
            ? (BinaryPrimitives.ReadInt64LittleEndian(end[32..]), BinaryPrimitives.ReadInt64LittleEndian(end[40..]),
                BinaryPrimitives.ReadInt64LittleEndian(end[48..]))
            : null;
    }
}
