using System.Globalization;
using CsvHelper;
using InceptionMl.Backbones.Classification;

namespace InceptionMl.Cli;

/// <summary>A way to write what images show, one image at a time.</summary>
internal interface IClassFormat : IDisposable
{
    public void Write(ClassifiedImage image);
}

/// <summary>JSON Lines: one object per image, its most probable classes in an array, since two classes may share a name.</summary>
internal sealed class JsonClassFormat(TextWriter writer) : IClassFormat
{
    public void Write(ClassifiedImage image) => writer.WriteLine(image.Succeeded
        ? JsonLine.Write(new ClassifiedOutput(
            image.Name,
            image.Top[0].Label,
            image.Top[0].WordNetId,
            image.Top[0].Probability,
            [.. image.Top.Select(score => new ClassScoreOutput(score.Label, score.WordNetId, score.Index, score.Probability))]))
        : JsonLine.Write(new UnclassifiedOutput(image.Name, image.Error)));

    public void Dispose()
    {
    }
}

/// <summary>A line of <c>classify --json</c>.</summary>
internal sealed record ClassifiedOutput(string Path, string Label, string? WordNetId, float Probability, IReadOnlyList<ClassScoreOutput> Scores);

internal sealed record ClassScoreOutput(string Label, string? WordNetId, int Index, float Probability);

/// <summary>A line of <c>classify --json</c> for an image that cannot be read.</summary>
internal sealed record UnclassifiedOutput(string Path, string Error);

/// <summary>
/// Comma-separated values with a header: path, label, wordNetId, probability, error, then index, label, wordNetId and probability of
/// each of the most probable classes, numbered from 1.
/// </summary>
internal sealed class CsvClassFormat : IClassFormat
{
    private readonly CsvWriter csv;
    private readonly int columns;

    public CsvClassFormat(TextWriter writer, int top)
    {
        csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        string[] last = [.. Enumerable.Range(1, top).SelectMany(Columns)];
        columns = last.Length;
        WriteRow(["path", "label", "wordNetId", "probability", "error", .. last]);
    }

    public void Write(ClassifiedImage image)
    {
        if (!image.Succeeded)
        {
            WriteRow([image.Name, "", "", "", image.Error, .. Enumerable.Repeat("", columns)]);
            return;
        }

        IEnumerable<string> last = image.Top.SelectMany(score => Fields(score).Prepend(score.Index.ToString(CultureInfo.InvariantCulture)));
        WriteRow([image.Name, .. Fields(image.Top[0]), "", .. last]);
    }

    public void Dispose() => csv.Dispose();

    private static string[] Columns(int place)
    {
        string number = place.ToString(CultureInfo.InvariantCulture);
        return ["index" + number, "label" + number, "wordNetId" + number, "probability" + number];
    }

    private static string[] Fields(ClassScore score) =>
        [score.Label, score.WordNetId ?? "", score.Probability.ToString(CultureInfo.InvariantCulture)];

    private void WriteRow(IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
        csv.Flush();
    }
}

/// <summary>For people: the path, and below it a line for each of the most probable classes.</summary>
internal sealed class TableClassFormat(TextWriter writer) : IClassFormat
{
    public void Write(ClassifiedImage image)
    {
        writer.WriteLine(image.Succeeded ? image.Name : $"{image.Name}  error: {image.Error}");
        foreach (ClassScore score in image.Top ?? [])
        {
            string id = score.WordNetId is null ? "" : $"  {score.WordNetId}";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {score.Probability,8:P1}  {score.Label}{id}"));
        }
    }

    public void Dispose()
    {
    }
}
