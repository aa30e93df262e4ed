using System.Buffers.Binary;
using System.Text;

namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>The bytes of an HDF5 file, which may lie inside another: every range is checked before it is read.</summary>
internal sealed class Hdf5Bytes(Stream stream, string source, long start, long length)
{
    /// <summary>What the format writes for an address that leads nowhere.</summary>
    public const long Undefined = -1;

    // The headers and heaps of a network's file; its numbers do not come this way.
    private const int LongestBlock = 16 << 20;
    private long blockBytesLeft = length + LongestBlock;

    public long Length => length;

    public string Source => source;

    /// <summary>A block of the file's structure.</summary>
    public byte[] Block(long address, long count)
    {
        blockBytesLeft -= count;
        if (!Holds(address, count) || count > LongestBlock || blockBytesLeft < 0)
        {
            throw Error(address, $"{count} bytes are announced here, and the file has {length} in all");
        }

        byte[] bytes = new byte[count];
        stream.Position = start + address;
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A block that begins with a signature of four letters.</summary>
    public byte[] Block(long address, long count, ReadOnlySpan<byte> signature)
    {
        byte[] bytes = Block(address, count);
        return bytes.AsSpan().StartsWith(signature)
            ? bytes
            : throw Error(address, $"'{Encoding.ASCII.GetString(signature)}' was expected here");
    }

    public float[] Values(ElementType type, long address, int count) => type.Read(stream, start + address, count);

    public bool Holds(long address, long count) => address >= 0 && count >= 0 && address <= length && count <= length - address;

    public WeightException Error(long address, string problem) =>
        new($"{source}, byte {start + address}: {problem}. The file is damaged or of a form that is not read.");

    public static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);

    public static int Int32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    public static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
