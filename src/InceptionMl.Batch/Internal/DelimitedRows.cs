using System.Text;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>The rows of a CSV or TSV file with a header (RFC 4180 quoting), one at a time; lines and fields are bounded.</summary>
public sealed class DelimitedRows : IDisposable
{
    private readonly string name;
    private readonly int longestLine;
    private readonly BoundedLines lines;
    private string delimiter = ",";
    private string? announced;
    private long linesRead;

    // The line that was read for a header and is a row.
    private string? firstRow;

    public DelimitedRows(string name, int longestLine)
    {
        if (!FileKind.IsRegular(name))
        {
            throw new DatasetException($"'{name}' is a pipe or a device: write the table to a file and name that") { Reason = DatasetErrorReason.Unreadable, Path = name };
        }

        this.name = name;
        this.longestLine = longestLine;
        lines = new BoundedLines(new StreamReader(name, Encoding.UTF8, detectEncodingFromByteOrderMarks: true), name, longestLine);
    }

    /// <summary>Gets the line of the header, or of the first row where there is none; above it are blank ones and remarks.</summary>
    public long HeaderLine { get; private set; }

    /// <summary>Gets the names in the header, by the delimiter that makes sense of it, or makes most of them.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Gets a value that indicates whether there is a header; without one the first line is a row.</summary>
    public bool HasHeader { get; private set; } = true;

    /// <summary>
    /// Reads the header with the first delimiter that makes sense of it. Lines above it that begin with # are remarks, unless the last of them is the
    /// header itself.
    /// </summary>
    /// <param name="find">What the header's names mean; null if they mean nothing.</param>
    /// <param name="infer">What the fields of a first row mean where there is no header; null if that is not clear.</param>
    /// <returns>What was found; null if no delimiter helps.</returns>
    /// <exception cref="DatasetException">The file is empty, or no text.</exception>
    public T? ReadHeader<T>(Func<string[], T?> find, Func<string[], T?>? infer = null)
        where T : class
    {
        (string? remark, string? text) = FirstLines();
        if ((text ?? remark) is not { } line)
        {
            throw new DatasetException($"'{name}' is empty; give it a header that names its columns, and a row per image.") { Reason = DatasetErrorReason.TooFewImages, Path = name };
        }

        RefuseOthers(line);
        T? found = Understand(line, find);
        if (found is null && remark is not null)
        {
            found = Understand(remark, find) ?? Understand(remark.TrimStart('#', ' '), find);
            firstRow = found is null ? null : text;
        }

        if (found is null && infer is not null && text is not null && Understand(text, infer) is { } inferred)
        {
            (found, firstRow, HasHeader) = (inferred, text, false);
        }

        if (found is null)
        {
            // What the header says all the same, for whoever tells why it will not do.
            (string Delimiter, string[] Fields) most = Divided(line).MaxBy(divided => divided.Fields.Length);
            (delimiter, Header) = most;
        }

        return found;
    }

    /// <summary>Gets the rows below the header, blank ones left out, each with the number of its first line.</summary>
    /// <exception cref="DatasetException">The message names the file, the line and what is wrong there.</exception>
    public IEnumerable<(long Line, string[] Fields)> Rows(CancellationToken cancellationToken)
    {
        if (firstRow is not null)
        {
            CsvRecords first = Records(new StringReader(firstRow), delimiter);
            if (Next(first, linesRead, linesRead - 1))
            {
                yield return (linesRead, first.Record);
            }
        }

        CsvRecords rows = Records(lines, delimiter);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = linesRead + rows.Lines + 1;
            if (!Next(rows, start, linesRead))
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
    public DatasetException Wrong(long line, string what) => new($"'{name}', line {line}: {what}.") { Path = name };

    public void Dispose() => lines.Dispose();

    // The last remark, if there is one, and the first line that is neither blank nor a remark.
    private (string? Remark, string? Text) FirstLines()
    {
        string? remark = null;
        while (lines.ReadLine() is { } text)
        {
            linesRead++;

            // Excel writes, and reads, this line to say which delimiter follows.
            if (text is ['s', 'e', 'p', '=', char only])
            {
                announced = only.ToString();
            }
            else if (text.StartsWith('#'))
            {
                remark = text;
            }
            else if (!string.IsNullOrWhiteSpace(text))
            {
                HeaderLine = linesRead;
                return (remark, text);
            }
        }

        HeaderLine = linesRead;
        return (remark, null);
    }

    private void RefuseOthers(string text)
    {
        string? archive = text.StartsWith("PK\u0003\u0004", StringComparison.Ordinal) ? "a ZIP archive, as Excel workbooks are: unpack it and give its folder, or save the workbook as CSV"
            : text.StartsWith("\u001F\uFFFD", StringComparison.Ordinal) ? "compressed with gzip: unpack it first"
            : text.StartsWith("%PDF-", StringComparison.Ordinal) ? "a PDF document: write its table as CSV"
            : null;
        if (archive is not null)
        {
            throw new DatasetException($"'{name}' is {archive}.") { Path = name };
        }

        if (text.Length > 2 && AlternatesWithNul(text, text[0] == '\0'))
        {
            throw new DatasetException($"'{name}' is text in UTF-16 without the mark that says so: its characters alternate with NUL; save it as UTF-8.") { Path = name };
        }

        if (text.Contains('\0') || text.Contains('\uFFFD'))
        {
            throw new DatasetException($"'{name}' is not a text file in UTF-8; give a folder of images or a CSV or TSV file that lists them.") { Path = name };
        }

        if (text.TrimStart() is ['{' or '[', ..])
        {
            throw new DatasetException($"'{name}' is JSON, not a table; give a CSV or TSV file with a header and a row per image.") { Path = name };
        }
    }

    private static bool AlternatesWithNul(string text, bool isFirst) =>
        Enumerable.Range(0, text.Length).All(i => (text[i] == '\0') == ((i % 2 == 0) == isFirst));

    private T? Understand<T>(string text, Func<string[], T?> find)
        where T : class
    {
        foreach ((string candidate, string[] fields) in Divided(text))
        {
            if (find(fields) is { } found)
            {
                (delimiter, Header) = (candidate, fields);
                return found;
            }
        }

        return null;
    }

    // A line by each delimiter that may be meant.
    private IEnumerable<(string Delimiter, string[] Fields)> Divided(string text)
    {
        bool isTabbed = Path.GetExtension(name).ToUpperInvariant() is ".TSV" or ".TAB";
        string[] delimiters = announced is not null ? [announced] : isTabbed ? ["\t", ",", ";", "|"] : [",", ";", "\t", "|"];
        foreach (string candidate in delimiters)
        {
            CsvRecords record = Records(new StringReader(text), candidate);
            yield return (candidate, Next(record, line: 1, linesBefore: 0) ? record.Record : []);
        }
    }

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
            throw new DatasetException($"'{name}', line {line}: a field is longer than {longestLine} characters; is a quote not closed?", e) { Path = name };
        }

        if (Array.Exists(rows.Record, field => field.Contains('\0')))
        {
            throw Wrong(linesBefore + rows.Lines, "the line holds NUL characters, as a damaged file or text in UTF-16 does; save the file as UTF-8, or write it again");
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

/// <summary>What the first line of a table tells that has no header: which of its fields is the path of an image.</summary>
public static class HeaderlessRow
{
    /// <summary>Gets the only field that is the path of an image, by its extension or by what is there; null if there is none, or several.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="folder">The table's folder.</param>
    public static int? Path(string[] fields, string folder)
    {
        int[] found = [.. Enumerable.Range(0, fields.Length).Where(i => IsImage(fields[i], folder))];
        return found is [int only] && (fields.Length > 1 || !HoldsDelimiter(fields[0]) || File.Exists(System.IO.Path.Combine(folder, fields[0]))) ? only : null;
    }

    // One field may be several, by another delimiter.
    private static bool HoldsDelimiter(string field) => field.AsSpan().ContainsAny(",;\t|");

    /// <summary>Determines whether a field is the path of an image.</summary>
    public static bool IsImage(string field, string folder) => ListedPath.Refusal(field) is not null || ImageSignature.HasImageExtension(field)
        || (field.AsSpan().ContainsAny('/', '\\', '.') && ListedPath.Resolve(field, folder) is { IsThere: true, Full: var full } && File.Exists(full));
}
