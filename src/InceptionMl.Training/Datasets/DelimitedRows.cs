using System.Text;
using InceptionMl.Models;

namespace InceptionMl.Training.Datasets;

/// <summary>The rows of a CSV or TSV file with a header (RFC 4180 quoting), one at a time; lines and fields are bounded.</summary>
internal sealed class DelimitedRows : IDisposable
{
    private readonly string name;
    private readonly int longestLine;
    private readonly BoundedLines lines;
    private string delimiter = ",";

    public DelimitedRows(string name, int longestLine)
    {
        if (!FileKind.IsRegular(name))
        {
            throw new DatasetException($"'{name}' is a pipe or a device: write the table to a file and name that");
        }

        this.name = name;
        this.longestLine = longestLine;
        lines = new BoundedLines(new StreamReader(name, Encoding.UTF8, detectEncodingFromByteOrderMarks: true), name, longestLine);
    }

    /// <summary>The line of the header; above it are blank ones.</summary>
    public long HeaderLine { get; private set; }

    /// <summary>The names in the header, by the delimiter that makes sense of it, or makes most of them.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Reads the header with the first delimiter that makes sense of it.</summary>
    /// <param name="find">What the header's names mean; null where they mean nothing.</param>
    /// <returns>What was found; null where no delimiter helps, or the file is empty.</returns>
    /// <exception cref="DatasetException">The file is no text.</exception>
    public T? ReadHeader<T>(Func<string[], T?> find)
        where T : class
    {
        string? text;
        string? announced = null;
        do
        {
            text = lines.ReadLine();
            HeaderLine++;

            // Excel writes, and reads, this line to say which delimiter follows.
            if (text is ['s', 'e', 'p', '=', char only])
            {
                (announced, text) = (only.ToString(), "");
            }
        }
        while (text is not null && string.IsNullOrWhiteSpace(text));

        if (text is null)
        {
            throw new DatasetException($"'{name}' is empty; give it a header that names its columns, and a row per image.");
        }

        if (text.Contains('\0') || text.Contains('\uFFFD'))
        {
            throw new DatasetException($"'{name}' is not a text file in UTF-8; give a folder of images or a CSV or TSV file that lists them.");
        }

        bool isTabbed = Path.GetExtension(name).ToUpperInvariant() is ".TSV" or ".TAB";
        string[] delimiters = announced is not null ? [announced] : isTabbed ? ["\t", ",", ";"] : [",", ";", "\t"];
        foreach (string candidate in delimiters)
        {
            CsvRecords header = Records(new StringReader(text), candidate);
            if (!Next(header, line: 1, linesBefore: 0))
            {
                continue;
            }

            string[] names = header.Record;
            Header = names.Length > Header.Count ? names : Header;
            if (find(names) is { } found)
            {
                (delimiter, Header) = (candidate, names);
                return found;
            }
        }

        return null;
    }

    /// <summary>The rows below the header, blank ones left out, each with the number of its first line.</summary>
    /// <exception cref="DatasetException">The message names the file, the line and what is wrong there.</exception>
    public IEnumerable<(long Line, string[] Fields)> Rows(CancellationToken cancellation)
    {
        CsvRecords rows = Records(lines, delimiter);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = HeaderLine + rows.Lines + 1;
            if (!Next(rows, start, HeaderLine))
            {
                yield break;
            }

            string[] fields = rows.Record;
            if (!Array.TrueForAll(fields, string.IsNullOrWhiteSpace))
            {
                yield return (start, fields);
            }
        }
    }

    /// <summary>A refusal that names a line.</summary>
    public DatasetException Wrong(long line, string what) => new($"'{name}', line {line}: {what}.");

    public void Dispose() => lines.Dispose();

    private CsvRecords Records(TextReader text, string separator) => new(text, separator[0], longestLine, trims: true);

    private bool Next(CsvRecords rows, long line, long linesBefore)
    {
        try
        {
            if (!rows.Read())
            {
                return false;
            }
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException($"'{name}', line {line}: a field is longer than {longestLine} characters; is a quote not closed?", e);
        }

        // A quote left open swallows the rest of the file.
        return (rows.IsUnclosed, rows.IsMisquoted) switch
        {
            (true, _) => throw Wrong(line, "a quote is opened and not closed"),
            (_, true) => throw Wrong(linesBefore + rows.Lines, "a quote stands where none may; put the whole field in quotes and double the quotes inside it"),
            _ => true,
        };
    }
}
