using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using InceptionMl.Models.Registry;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Registry;

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
        using CsvParser rows = new(lines, Format());
        try
        {
            if (!rows.Read() || !rows.Record!.SequenceEqual(header, StringComparer.Ordinal))
            {
                throw new RegistryException($"{path}, line 1: the header is not {string.Join(',', header)}");
            }

            while (rows.Read())
            {
                string? problem = rows.Record!.Length != header.Length ? "the row has another number of fields than the header" : add(rows.Record);
                if (problem is not null)
                {
                    throw new RegistryException(FormattableString.Invariant($"{path}, line {rows.RawRow}: {problem}"));
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is CsvHelperException or DatasetException)
        {
            throw new RegistryException(FormattableString.Invariant($"{path}, line {rows.RawRow}: the row cannot be read"), exception);
        }
    }

    /// <summary>The table as UTF-8.</summary>
    public static byte[] Write(string[] header, IEnumerable<string[]> rows)
    {
        using MemoryStream bytes = new();
        using (StreamWriter text = new(bytes, leaveOpen: true))
        using (CsvWriter csv = new(text, Format()))
        {
            foreach (string[] row in rows.Prepend(header))
            {
                foreach (string field in row)
                {
                    csv.WriteField(field);
                }

                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The hash written as 64 hexadecimal digits, or null.</summary>
    public static ContentHash? Hash(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? ContentHash.FromBytes(Convert.FromHexString(text)) : null;

    /// <summary>Whether a field holds one line of text.</summary>
    public static bool IsText(string field) => !string.IsNullOrWhiteSpace(field) && !field.Any(char.IsControl) && !field.Contains('\uFFFD');

    private static CsvConfiguration Format() => new(CultureInfo.InvariantCulture)
    {
        Mode = CsvMode.RFC4180,
        NewLine = "\n",
        MaxFieldSize = LongestLine,
        IgnoreBlankLines = false,
    };
}
