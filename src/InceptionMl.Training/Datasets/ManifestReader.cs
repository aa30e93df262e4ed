using System.Globalization;
using InceptionMl.Batch;
using InceptionMl.Batch.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>Reads a CSV or TSV manifest (RFC 4180 quoting; the delimiter is the one with which the header names a path and a label).</summary>
internal sealed class ManifestReader
{
    private const int LongestShown = 60;

    private const float LightestImage = 1e-9f;
    private const float HeaviestImage = 1e9f;

    private readonly string manifest;
    private readonly DatasetSource.ManifestColumns columns;
    private readonly DatasetOptions options;
    private readonly string shownFolder;
    private readonly string folder;
    private readonly Dictionary<string, (ImageSample Sample, long Line)> byPath =
        new(InputPath.IgnoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly HashSet<string> repeated = new(StringComparer.Ordinal);
    private readonly MissingFiles missing;
    private int furtherRows;

    // Of a column that was taken for the parts: how many rows name one and how many something else, and the first of these.
    private int partRows;
    private int strangerRows;
    private bool beginsWithStranger;
    private (long Line, string Text)? stranger;

    private ManifestReader(string manifest, DatasetSource.ManifestColumns columns, DatasetOptions options)
    {
        this.manifest = manifest;
        this.columns = columns;
        this.options = options;
        shownFolder = Path.GetDirectoryName(manifest) ?? "";
        folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        missing = new MissingFiles(manifest, folder);
    }

    public static DatasetContents Read(DatasetSource source, DatasetOptions options, CancellationToken cancellationToken)
    {
        if (ImageSignature.HasImageExtension(source.Path.ToString()))
        {
            throw new DatasetException($"'{source.Path}' is an image; give a folder of images or a CSV or TSV file that lists them.") { Path = source.Path.ToString() };
        }

        return new ManifestReader(source.Path.ToString(), source.Columns, options).Read(cancellationToken);
    }

    private DatasetContents Read(CancellationToken cancellationToken)
    {
        using DelimitedRows rows = new(manifest, options.LongestManifestLine);
        string? group = options.Grouping?.Column;
        bool isNamed = group is not null || columns.Given.Any();
        ManifestHeader header = rows.ReadHeader(names => ManifestHeader.Find(names, manifest, columns, group), isNamed ? null : fields => ManifestHeader.FindHeaderless(fields, folder))
            ?? throw ManifestDiagnosis.CreateException(rows, manifest, columns, cancellationToken);
        DatasetContents contents = new(DatasetLayout.Manifest, new InputTally());
        if (!rows.HasHeader)
        {
            contents.Tally.Warn(DiagnosticIds.ManifestWithoutHeader, FormattableString.Invariant(
                $"'{manifest}' has no header; its column {header.Path + 1} was taken for the path and its column {header.Label + 1} for the label{(header.Part is { } place ? $", its column {place + 1} for the part" : "")}."), manifest);
        }

        foreach ((long line, string[] fields) in rows.Rows(cancellationToken))
        {
            try
            {
                Add(contents, header, fields, line);
            }
            catch (DatasetException refusal) when (options.Refusals is not null)
            {
                options.Refuse(refusal);
            }
        }

        if (stranger is { } first)
        {
            // A column called part may hold part numbers; where most rows name a part, the others are misspelled.
            if (!beginsWithStranger || partRows > strangerRows)
            {
                options.Refuse(NoPart(first.Text, first.Line));
            }
            else
            {
                LeaveOutParts(contents, header);
            }
        }

        if (repeated.Count > 0)
        {
            contents.Tally.Warn(DiagnosticIds.RepeatedImages, FormattableString.Invariant(
                $"'{manifest}' names {repeated.Count:N0} image{(repeated.Count == 1 ? "" : "s")} again, in {furtherRows:N0} further row{(furtherRows == 1 ? "" : "s")}; each is used once: {NameList.Join(repeated.Order(StringComparer.Ordinal))}."), manifest);
        }

        contents.Missing = missing.Describe();
        return contents;
    }

    private void LeaveOutParts(DatasetContents contents, ManifestHeader header)
    {
        ImageSample[] samples = [.. contents.Samples.Select(sample => sample with { Given = null })];
        contents.Samples.Clear();
        contents.Samples.AddRange(samples);
        contents.Tally.Warn(DiagnosticIds.PartColumnIgnored, $"The column '{header.PartName}' of '{manifest}' says neither train, validation nor test and was left out.", manifest);
    }

    private void Add(DatasetContents contents, ManifestHeader header, string[] fields, long line)
    {
        if (fields.Length != header.Columns)
        {
            throw fields.FirstOrDefault(ListedPath.IsDataUri) is { } image
                ? Wrong(line, $"'{image}' {ListedPath.Refusal(image)}")
                : Wrong(line, $"the row has {fields.Length} field{(fields.Length == 1 ? "" : "s")}, the header {header.Columns}; put fields that hold the delimiter in quotes");
        }

        string label = CanonicalText.Compose(Text(fields[header.Label], "label", line));
        (string shown, string full) = Resolve(Text(fields[header.Path], "path", line), line);
        SplitPart? part = Part(header, fields, line);
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
            throw new DatasetException($"'{manifest}', lines {earlierLine} and {line}: '{shown}' has {differs}; keep one of the rows.") { Path = manifest };
        }

        repeated.Add(earlier.Path);
        furtherRows++;
    }

    private string Text(string value, string column, long line) =>
        string.IsNullOrWhiteSpace(value) ? throw Wrong(line, $"the {column} is empty; fill it or remove the row")
        : value.Contains('\uFFFD') ? throw Wrong(line, $"the {column} is not UTF-8; save the file as UTF-8")
        : value.Any(char.IsControl) ? throw Wrong(line, $"the {column} holds a control character or a line break; is a quote misplaced?")
        : value;

    private (string Shown, string Full) Resolve(string text, long line)
    {
        if (ListedPath.Refusal(text) is { } refusal)
        {
            throw Wrong(line, $"'{(text.Length > LongestShown ? text[..LongestShown] + "…" : text)}' {refusal}");
        }

        (string written, string full, bool isThere) = ListedPath.Resolve(text, folder) ?? throw Wrong(line, $"'{text}' cannot be a path");
        missing.See(text, full, isThere);
        string slashed = written.Replace(Path.DirectorySeparatorChar, '/');
        return (Path.IsPathRooted(written) ? slashed : FolderWalk.Below(shownFolder, slashed), full);
    }

    private SplitPart? Part(ManifestHeader header, string[] fields, long line)
    {
        if (header.Part is not { } column || string.IsNullOrWhiteSpace(fields[column]))
        {
            return null;
        }

        string text = fields[column];
        if (header.PartName is null)
        {
            return PartNames.IsUnassigned(text) ? null : PartNames.Find(text) ?? throw NoPart(text, line);
        }

        if (PartNames.IsKnown(text))
        {
            partRows++;
        }
        else
        {
            beginsWithStranger = beginsWithStranger || partRows + strangerRows == 0;
            strangerRows++;
            stranger ??= (line, text);
        }

        return PartNames.Find(text);
    }

    private DatasetException NoPart(string text, long line) => Wrong(line, $"the split '{text.Trim()}' is not train, validation or test; correct it or leave it empty");

    private float Weight(string text, long line) =>
        string.IsNullOrWhiteSpace(text) ? 1
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float weight) && float.IsFinite(weight) && weight > 0 ? Bounded(weight, text, line)
        : throw Wrong(line, $"the weight '{text.Trim()}' is not a positive number, written like 0.5");

    // Sums of what is far larger or smaller are no numbers any more.
    private float Bounded(float weight, string text, long line) => weight is >= LightestImage and <= HeaviestImage
        ? weight
        : throw Wrong(line, $"the weight '{text.Trim()}' is out of range; give a number from {LightestImage:0.#########} to {HeaviestImage:N0}");

    private DatasetException Wrong(long line, string what) => new($"'{manifest}', line {line}: {what}{(what.EndsWith('?') ? "" : ".")}") { Path = manifest };
}
