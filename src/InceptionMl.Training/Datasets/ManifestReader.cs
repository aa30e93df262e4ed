using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using InceptionMl.Images;

namespace InceptionMl.Training.Datasets;

/// <summary>Reads a CSV or TSV manifest (RFC 4180 quoting; the delimiter is the one with which the header names a path and a label).</summary>
internal sealed class ManifestReader
{
    private readonly string manifest;
    private readonly DatasetOptions options;
    private readonly string shownFolder;
    private readonly string folder;
    private readonly Dictionary<string, (ImageSample Sample, long Line)> byPath =
        new(InputPath.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly Listing repeated = new();

    private ManifestReader(string manifest, DatasetOptions options)
    {
        this.manifest = manifest;
        this.options = options;
        shownFolder = Path.GetDirectoryName(manifest) ?? "";
        folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
    }

    public static DatasetContents Read(string manifest, DatasetOptions options, CancellationToken cancellation)
    {
        if (ImageSignature.HasImageExtension(manifest))
        {
            throw new DatasetException($"'{manifest}' is an image; give a folder of images or a CSV or TSV file that lists them.");
        }

        return new ManifestReader(manifest, options).Read(cancellation);
    }

    private DatasetContents Read(CancellationToken cancellation)
    {
        using StreamReader file = new(manifest, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        using BoundedLines lines = new(file, manifest, options.LongestManifestLine);
        (ManifestHeader header, long line) = ReadHeader(lines);
        DatasetContents contents = new(DatasetLayout.Manifest, new InputTally());
        using CsvParser rows = Parser(lines, header.Delimiter, line);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = line + rows.RawRow + 1;
            if (!Next(rows, start))
            {
                break;
            }

            if (rows.Record is { } fields && !(fields.Length == 1 && string.IsNullOrWhiteSpace(fields[0])))
            {
                Add(contents, header, fields, start);
            }
        }

        if (repeated.Count > 0)
        {
            contents.Tally.Warn($"'{manifest}' lists {repeated.Count} images more than once; each is used once: {repeated}.");
        }

        return contents;
    }

    private (ManifestHeader Header, long Line) ReadHeader(BoundedLines lines)
    {
        long line = 0;
        string? text;
        string? announced = null;
        do
        {
            text = lines.ReadLine();
            line++;

            // Excel writes, and reads, this line to say which delimiter follows.
            if (text is ['s', 'e', 'p', '=', char delimiter])
            {
                (announced, text) = (delimiter.ToString(), "");
            }
        }
        while (text is not null && string.IsNullOrWhiteSpace(text));

        if (text is null)
        {
            throw new DatasetException($"'{manifest}' is empty; give it a header with a path and a label column, and a row per image.");
        }

        if (text.Contains('\0') || text.Contains('\uFFFD'))
        {
            throw new DatasetException($"'{manifest}' is not a text file in UTF-8; give a folder of images or a CSV or TSV file that lists them.");
        }

        bool isTabbed = Path.GetExtension(manifest).ToUpperInvariant() is ".TSV" or ".TAB";
        string[] delimiters = announced is not null ? [announced] : isTabbed ? ["\t", ",", ";"] : [",", ";", "\t"];
        return (delimiters.Select(delimiter => HeaderWith(text, delimiter)).FirstOrDefault(found => found is not null)
            ?? throw new DatasetException(ManifestHeader.Missing(manifest)), line);
    }

    private ManifestHeader? HeaderWith(string text, string delimiter)
    {
        using CsvParser parser = Parser(new StringReader(text), delimiter, linesBefore: 0);
        return Next(parser, line: 1) && parser.Record is { } names ? ManifestHeader.Find(names, delimiter, manifest, options.Grouping?.Column) : null;
    }

    private CsvParser Parser(TextReader text, string delimiter, long linesBefore) => new(
        text,
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            Mode = CsvMode.RFC4180,
            IgnoreBlankLines = false,
            TrimOptions = TrimOptions.Trim,
            MaxFieldSize = options.LongestManifestLine,
            BadDataFound = bad => throw Wrong(linesBefore + bad.Context.Parser!.RawRow, "a quote stands where none may; put the whole field in quotes and double the quotes inside it"),
        },
        leaveOpen: true);

    private bool Next(CsvParser rows, long line)
    {
        try
        {
            if (!rows.Read())
            {
                return false;
            }

            // A quote left open swallows the rest of the file without a complaint from the parser.
            return rows.RawRecord.AsSpan().Count('"') % 2 == 0
                ? true
                : throw Wrong(line, "a quote is opened and not closed");
        }
        catch (MaxFieldSizeException e)
        {
            throw new DatasetException($"'{manifest}', line {line}: a field is longer than {options.LongestManifestLine} characters; is a quote not closed?", e);
        }
        catch (CsvHelperException e)
        {
            throw new DatasetException($"'{manifest}', line {line}: the row cannot be read; check its quotes.", e);
        }
    }

    private void Add(DatasetContents contents, ManifestHeader header, string[] fields, long line)
    {
        if (fields.Length != header.Columns)
        {
            throw Wrong(line, $"the row has {fields.Length} field{(fields.Length == 1 ? "" : "s")}, the header {header.Columns}; put fields that hold the delimiter in quotes");
        }

        string label = Text(fields[header.Label], "label", line);
        (string shown, string full) = Resolve(Text(fields[header.Path], "path", line), line);
        SplitPart? part = header.Split is { } split ? Part(fields[split], line) : null;
        float weight = header.Weight is { } column ? Weight(fields[column], line) : 1;
        ImageSample sample = new(shown, full, label, part, weight)
        {
            Group = header.Group is { } group ? Text(fields[group], options.Grouping!.Column!, line) : null,
        };
        if (byPath.TryAdd(full, (sample, line)))
        {
            contents.Samples.Add(sample);
            return;
        }

        (ImageSample earlier, long earlierLine) = byPath[full];
        string? differs = earlier.Label != label ? $"two labels, '{earlier.Label}' and '{label}'"
            : earlier.Given != part ? "two splits"
            : earlier.Weight != weight ? "two weights"
            : earlier.Group != sample.Group ? "two groups"
            : null;
        if (differs is not null)
        {
            throw new DatasetException($"'{manifest}', lines {earlierLine} and {line}: '{shown}' has {differs}; keep one of the rows.");
        }

        repeated.Add(shown);
    }

    private string Text(string value, string column, long line) =>
        string.IsNullOrWhiteSpace(value) ? throw Wrong(line, $"the {column} is empty; fill it or remove the row")
        : value.Contains('\uFFFD') ? throw Wrong(line, $"the {column} is not UTF-8; save the file as UTF-8")
        : value.Any(char.IsControl) ? throw Wrong(line, $"the {column} holds a control character or a line break; is a quote misplaced?")
        : value;

    private (string Shown, string Full) Resolve(string written, long line)
    {
        try
        {
            string full = Path.GetFullPath(written, folder);

            // A manifest written on Windows separates folders with backslashes.
            if (Path.DirectorySeparatorChar == '/' && written.Contains('\\') && !File.Exists(full))
            {
                written = written.Replace('\\', '/');
                full = Path.GetFullPath(written, folder);
            }

            string slashed = written.Replace(Path.DirectorySeparatorChar, '/');
            return (Path.IsPathRooted(written) ? slashed : FolderWalk.Below(shownFolder, slashed), full);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            throw Wrong(line, $"'{written}' cannot be a path");
        }
    }

    private SplitPart? Part(string text, long line) => text.Trim().ToUpperInvariant() switch
    {
        "" => null,
        "TRAIN" => SplitPart.Train,
        "VAL" or "VALID" or "VALIDATION" => SplitPart.Validation,
        "TEST" => SplitPart.Test,
        _ => throw Wrong(line, $"the split '{text.Trim()}' is not train, validation or test; correct it or leave it empty"),
    };

    private float Weight(string text, long line) =>
        string.IsNullOrWhiteSpace(text) ? 1
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float weight) && float.IsFinite(weight) && weight > 0 ? weight
        : throw Wrong(line, $"the weight '{text.Trim()}' is not a positive number, written like 0.5");

    private DatasetException Wrong(long line, string what) => new($"'{manifest}', line {line}: {what}.");
}
