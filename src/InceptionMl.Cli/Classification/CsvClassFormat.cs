using System.Globalization;
using CsvHelper;
using InceptionMl.Backbones.Classification;

namespace InceptionMl.Cli.Classification;

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
