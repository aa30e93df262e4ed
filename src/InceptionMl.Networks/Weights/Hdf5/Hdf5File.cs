using System.Collections.Immutable;

namespace InceptionMl.Networks.Weights.Hdf5;

/// <summary>
/// The part of HDF5 that files of weights use: groups, and datasets of floating-point numbers that lie in one piece. It opens
/// no other file, runs no filter, and takes memory only for what the file holds.
/// </summary>
internal sealed class Hdf5File
{
    private const int MostObjects = 50_000;
    private readonly Hdf5Bytes bytes;
    private readonly HashSet<long> reached = [];

    /// <summary>Opens a file, or one inside another.</summary>
    /// <param name="stream">A stream that can seek.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">Its bytes.</param>
    public Hdf5File(Stream stream, string source, long start, long length)
    {
        bytes = new Hdf5Bytes(stream, source, start, length);
        byte[] superblock = bytes.Block(0, Math.Min(length, 96));
        Root = superblock.Length < 64 || !Begins(superblock)
            ? throw new WeightException($"{source} is no HDF5 file: it does not begin as one.")
            : superblock[8] switch
            {
                0 or 1 when superblock.Length >= 80 => Open(superblock, sizes: 13, fields: superblock[8] == 0 ? 24 : 28, end: 16, root: 40),
                2 or 3 => Open(superblock, sizes: 9, fields: 12, end: 16, root: 24),
                _ => throw bytes.Error(8, $"version {superblock[8]} of HDF5's superblock is not read"),
            };
    }

    /// <summary>Gets where the root group's header stands.</summary>
    public long Root { get; }

    public long Length => bytes.Length;

    public static bool Begins(ReadOnlySpan<byte> prefix) =>
        prefix.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10]);

    /// <summary>Gets the header of an object; each can be reached once, so that no loop and no doubling is possible.</summary>
    public ImmutableArray<Hdf5Message> Header(long address) =>
        reached.Count < MostObjects && reached.Add(address)
            ? ObjectHeader.Read(bytes, address)
            : throw bytes.Error(address, $"an object is reached on two ways, or there are more than {MostObjects}");

    public Dictionary<string, long> Members(long address, ImmutableArray<Hdf5Message> header) => GroupLinks.Read(bytes, address, header);

    public Hdf5Dataset Dataset(long address, string name, ImmutableArray<Hdf5Message> header) => Hdf5Dataset.Open(bytes, address, name, header);

    public string? Text(ImmutableArray<Hdf5Message> header, string attribute) => Hdf5Attribute.Text(bytes, header, attribute);

    // The base address, and behind it the end of the file and the root group's header.
    private long Open(byte[] superblock, int sizes, int fields, int end, int root)
    {
        if (superblock[sizes] != 8 || superblock[sizes + 1] != 8 || Hdf5Bytes.Int64(superblock, fields) != 0)
        {
            throw bytes.Error(sizes, "addresses and lengths of 8 bytes from the file's beginning are read, and these are others");
        }

        long announced = Hdf5Bytes.Int64(superblock, fields + end);
        return announced <= bytes.Length
            ? Hdf5Bytes.Int64(superblock, fields + root)
            : throw new WeightException($"{bytes.Source} is cut short: it should have {announced} bytes and has {bytes.Length}. Fetch it again.");
    }
}
