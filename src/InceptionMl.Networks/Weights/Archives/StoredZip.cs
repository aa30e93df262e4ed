using System.Text;
using InceptionMl.Zip;

namespace InceptionMl.Networks.Weights.Archives;

/// <summary>
/// A zip archive whose entries are stored, not compressed, as PyTorch and Keras write them: an entry is then a range of the
/// archive's own bytes, and reading it takes no more memory than it has bytes in the file.
/// </summary>
internal sealed class StoredZip
{
    // A network has some thousand tensors, each an entry of about a hundred bytes here.
    private const int LongestDirectory = 16 << 20;

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
        records = ReadDirectory();
    }

    /// <summary>Determines whether the stream begins as a zip archive does.</summary>
    public static bool Begins(ReadOnlySpan<byte> prefix) => new ZipLocalHeader(prefix).IsValid;

    /// <summary>Gets the paths inside.</summary>
    public IReadOnlyCollection<string> Names => records.Keys;

    /// <summary>The entry of this path; null if there is none.</summary>
    /// <exception cref="WeightException">It is compressed or encrypted, or lies outside the file.</exception>
    public StoredEntry? Find(string name) => records.TryGetValue(name, out ZipRecord? record) ? Locate(name, record) : null;

    private Dictionary<string, ZipRecord> ReadDirectory()
    {
        Dictionary<string, ZipRecord> read = new(StringComparer.Ordinal);
        try
        {
            ZipDirectory directory = ZipDirectory.Find(stream);
            if (directory.Length > LongestDirectory)
            {
                throw new WeightException(
                    $"{source} is damaged: its zip directory is said to be {directory.Length} bytes, and {LongestDirectory} is the limit.");
            }

            foreach (ZipRecord record in directory.Records())
            {
                string name = Encoding.UTF8.GetString(record.NameBytes);
                if (!TensorName.IsPlain(name))
                {
                    throw new WeightException($"{source} is damaged: its zip directory holds a name that is no plain ASCII text. Fetch it again.");
                }

                if (!read.TryAdd(name, record))
                {
                    throw new WeightException($"{source} is damaged: '{name}' stands in its zip directory twice.");
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw new WeightException($"{source} {exception.Message.TrimEnd('.')}.", exception);
        }

        return read;
    }

    private StoredEntry Locate(string name, ZipRecord record)
    {
        if (!record.IsStored || record.IsEncrypted)
        {
            throw new WeightException(
                $"{source}: '{name}' is compressed or encrypted inside the archive; weights are stored as they are. "
                + "Unpack it and pack it with 'zip -0'.");
        }

        if (record.Offset < 0 || record.Offset > stream.Length - ZipLocalHeader.FixedLength)
        {
            throw Outside(name, record);
        }

        ZipLocalHeader header = new(ZipDirectory.ReadAt(stream, record.Offset, ZipLocalHeader.FixedLength));
        long offset = record.Offset + header.Length;
        if (record.Length < 0 || offset > stream.Length || record.Length > stream.Length - offset)
        {
            throw Outside(name, record);
        }

        if (!header.IsValid || Name(record.Offset, header.NameLength) != name)
        {
            throw new WeightException(
                $"{source} is damaged: its directory places '{name}' at byte {record.Offset}, "
                + "and it does not stand there. Fetch it again.");
        }

        return new StoredEntry(name, offset, record.Length);
    }

    private string Name(long header, int length) => Encoding.UTF8.GetString(ZipDirectory.ReadAt(stream, header + ZipLocalHeader.FixedLength, length));

    private WeightException Outside(string name, ZipRecord record) => new(
        $"{source} is damaged: '{name}' is said to be {record.Length} bytes behind byte {record.Offset}; "
        + $"the file has {stream.Length}. Fetch it again.");
}

/// <summary>A file inside an archive whose bytes lie there as they are.</summary>
/// <param name="Name">Its path in the archive, with slashes.</param>
/// <param name="Offset">Where its first byte lies in the archive.</param>
/// <param name="Length">Its bytes; they all lie inside the archive.</param>
internal sealed record StoredEntry(string Name, long Offset, long Length);
