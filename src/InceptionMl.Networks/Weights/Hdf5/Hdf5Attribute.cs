using System.Collections.Immutable;
using System.Text;

namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>An attribute that is one text (specification, IV.A.2.m; a text of its own length stands in a global heap, III.E).</summary>
internal static class Hdf5Attribute
{
    private const int LongestHeap = 1 << 20;

    /// <summary>Gets the text of this name; null if there is none.</summary>
    public static string? Text(Hdf5Bytes bytes, ImmutableArray<Hdf5Message> header, string name)
    {
        foreach (Hdf5Message message in header.Where(message => message is { Kind: Hdf5MessageKind.Attribute, Shared: false }))
        {
            ReadOnlySpan<byte> content = message.Content.Span;
            if (content.Length < 9)
            {
                continue;
            }

            int nameSize = Hdf5Bytes.UInt16(content, 2);
            int typeSize = Hdf5Bytes.UInt16(content, 4);
            int spaceSize = Hdf5Bytes.UInt16(content, 6);
            int at = content[0] == 3 ? 9 : 8;
            int type = at + Padded(content[0], nameSize);
            int data = type + Padded(content[0], typeSize) + Padded(content[0], spaceSize);
            bool whole = content[0] is >= 1 and <= 3 && data < content.Length && typeSize >= 8;
            if (whole && Trimmed(content.Slice(at, nameSize)) == name)
            {
                return Value(bytes, content.Slice(type, 8), content[data..]);
            }
        }

        return null;
    }

    private static int Padded(int version, int size) => version == 1 ? (size + 7) & ~7 : size;

    private static string? Value(Hdf5Bytes bytes, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        int size = Hdf5Bytes.Int32(type, 4);
        return (type[0] & 15) switch
        {
            3 when size >= 0 && size <= data.Length => Trimmed(data[..size]),
            9 when (type[1] & 15) == 1 && data.Length >= 16 => Heaped(bytes, Hdf5Bytes.Int64(data, 4), Hdf5Bytes.Int32(data, 12), Hdf5Bytes.Int32(data, 0)),
            _ => null,
        };
    }

    private static string? Heaped(Hdf5Bytes bytes, long address, int index, int length)
    {
        long size = Hdf5Bytes.Int64(bytes.Block(address, 16, "GCOL"u8), 8);
        if (size > LongestHeap)
        {
            throw bytes.Error(address, $"a heap of {size} bytes holds the file's texts; {LongestHeap} is the limit");
        }

        byte[] heap = bytes.Block(address, size);
        for (long at = 16; at + 16 <= heap.Length;)
        {
            int found = Hdf5Bytes.UInt16(heap, (int)at);
            long bytesOfIt = Hdf5Bytes.Int64(heap, (int)at + 8);
            if (found == 0 || bytesOfIt < 0 || bytesOfIt > heap.Length - at - 16)
            {
                return null;
            }

            if (found == index)
            {
                return length >= 0 && length <= bytesOfIt ? Trimmed(heap.AsSpan((int)at + 16, length)) : null;
            }

            at += 16 + ((bytesOfIt + 7) & ~7L);
        }

        return null;
    }

    private static string Trimmed(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text.TrimEnd((byte)0));
}
