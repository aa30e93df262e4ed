using System.Buffers.Binary;
using System.Text;

namespace InceptionMl.Networks.Weights.Archives;

/// <summary>
/// A zip archive whose entries are stored, not compressed, as PyTorch and Keras write them: an entry is then a range of the
/// archive's own bytes, and reading it takes no more memory than it has bytes in the file.
/// </summary>
internal sealed class StoredZip
{
    private const uint HeaderSignature = 0x04034b50;
    private const int HeaderLength = 30;
    private readonly Stream stream;
    private readonly string source;
    private readonly Dictionary<string, ZipRecord> records;

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">A stream that can seek; it stays the caller's.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">It is no zip archive, or its directory is damaged.</exception>
    public StoredZip(Stream stream, string source)
    {
        this.stream = stream;
        this.source = source;
        records = ZipDirectory.Read(stream, source);
    }

    /// <summary>Whether the stream begins as a zip archive does.</summary>
    public static bool Begins(ReadOnlySpan<byte> prefix) =>
        prefix.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(prefix) == HeaderSignature;

    /// <summary>The paths inside.</summary>
    public IReadOnlyCollection<string> Names => records.Keys;

    /// <summary>The entry of this path; null where there is none.</summary>
    /// <exception cref="WeightException">It is compressed or encrypted, or lies outside the file.</exception>
    public StoredEntry? Find(string name) => records.TryGetValue(name, out ZipRecord? record) ? Locate(record) : null;

    private StoredEntry Locate(ZipRecord record)
    {
        if (!record.Stored || record.Encrypted)
        {
            throw new WeightException(
                $"{source}: '{record.Name}' is compressed or encrypted inside the archive; weights are stored as they are. "
                + "Unpack it and pack it with 'zip -0'.");
        }

        if (record.HeaderOffset < 0 || record.HeaderOffset > stream.Length - HeaderLength)
        {
            throw Outside(record);
        }

        byte[] header = ZipDirectory.ReadAt(stream, record.HeaderOffset, HeaderLength);
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26));
        long offset = record.HeaderOffset + HeaderLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        if (record.Length < 0 || offset > stream.Length || record.Length > stream.Length - offset)
        {
            throw Outside(record);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != HeaderSignature || Name(record.HeaderOffset, nameLength) != record.Name)
        {
            throw new WeightException(
                $"{source} is damaged: its directory places '{record.Name}' at byte {record.HeaderOffset}, "
                + "and it does not stand there. Fetch it again.");
        }

        return new StoredEntry(record.Name, offset, record.Length);
    }

    private string Name(long header, int length) => Encoding.UTF8.GetString(ZipDirectory.ReadAt(stream, header + HeaderLength, length));

    private WeightException Outside(ZipRecord record) => new(
        $"{source} is damaged: '{record.Name}' is said to be {record.Length} bytes behind byte {record.HeaderOffset}; "
        + $"the file has {stream.Length}. Fetch it again.");
}
