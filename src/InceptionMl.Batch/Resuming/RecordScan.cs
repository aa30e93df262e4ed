using System.Text;

namespace InceptionMl.Batch.Resuming;

/// <summary>Splits a file into records that end in a line feed; what follows the last is no record.</summary>
internal sealed class RecordScan(Stream stream, string name, bool quotesHoldLines)
{
    private const int LongestRecord = 16 << 20;

    private readonly byte[] buffer = new byte[1 << 16];
    private readonly List<byte> record = [];
    private int filled;
    private int at;

    /// <summary>Gets how many bytes the records read so far have together.</summary>
    public long Length { get; private set; }

    /// <summary>Gets the next record without its line end; null if there is none that is whole.</summary>
    /// <exception cref="DatasetException">It is longer than any record.</exception>
    public string? Next()
    {
        record.Clear();
        bool quoted = false;
        while (at < filled || Fill())
        {
            byte value = buffer[at++];
            quoted ^= quotesHoldLines && value == (byte)'"';
            if (value == (byte)'\n' && !quoted)
            {
                Length += record.Count + 1;
                return Encoding.UTF8.GetString([.. record]).TrimEnd('\r');
            }

            record.Add(value);
            if (record.Count > LongestRecord)
            {
                throw new DatasetException($"{name} is no file of results: delete it to start again") { Path = name };
            }
        }

        return null;
    }

    private bool Fill()
    {
        (at, filled) = (0, stream.Read(buffer));
        return filled > 0;
    }
}
