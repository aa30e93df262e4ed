using System.Text;
using InceptionMl.Batch.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>The registry's tables of images (RFC 4180, UTF-8, a fixed header), within bounds on the file and on its lines.</summary>
internal static class RegistryCsv
{
    /// <summary>The most bytes such a table may have: more than a million images.</summary>
    public const int MaxFile = 256 << 20;

    private const int LongestLine = 1 << 16;

    /// <summary>Hands every row after the header to a reader, which returns what is wrong with it, or null.</summary>
    /// <returns>False where there is no such file.</returns>
    /// <exception cref="RegistryException">The message names the line.</exception>
    public static bool Read(RegistryFolder files, string path, string[] header, Func<string[], string?> add)
    {
        using FileStream? file = files.Open(path, MaxFile);
        if (file is null)
        {
            return false;
        }

        using StreamReader text = new(file, Encoding.UTF8);
        using BoundedLines lines = new(text, path, LongestLine);
        CsvRecords rows = new(lines, ',', LongestLine, trims: false);
        try
        {
            if (!Next(rows) || !rows.Record.SequenceEqual(header, StringComparer.Ordinal))
            {
                throw new RegistryException($"{path}, line 1: the header is not {string.Join(',', header)}") { Path = path };
            }

            while (Next(rows))
            {
                string? problem = rows.Record.Length != header.Length ? "the row has another number of fields than the header" : add(rows.Record);
                if (problem is not null)
                {
                    throw new RegistryException(FormattableString.Invariant($"{path}, line {rows.Lines}: {problem}")) { Path = path };
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or DatasetException)
        {
            throw new RegistryException(FormattableString.Invariant($"{path}, line {rows.Lines}: the row cannot be read"), exception) { Path = path };
        }
    }

    /// <summary>Gets the table as UTF-8.</summary>
    public static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        using MemoryStream bytes = new();
        using (StreamWriter text = new(bytes, leaveOpen: true))
        {
            foreach (string[] row in rows.Prepend(header))
            {
                text.Write(string.Join(',', row.Select(CsvRecords.Escape)));
                text.Write('\n');
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Gets the hash written as 64 hexadecimal digits, or null.</summary>
    public static ContentHash? Hash(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? ContentHash.FromBytes(Convert.FromHexString(text)) : null;

    /// <summary>Determines whether a field holds one line of text.</summary>
    public static bool IsText(string field) => !string.IsNullOrWhiteSpace(field) && !field.Any(char.IsControl) && !field.Contains('\uFFFD');

    private static bool Next(CsvRecords rows) => rows.Read()
        && (rows.IsUnclosed || rows.IsMisquoted ? throw new InvalidDataException("a quote stands where none may, or is not closed") : true);
}
