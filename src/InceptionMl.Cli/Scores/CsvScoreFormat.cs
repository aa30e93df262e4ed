using System.Globalization;
using CsvHelper;
using InceptionMl.Scoring;

namespace InceptionMl.Cli.Scores;

/// <summary>
/// Comma-separated values with a header: path, label, probability, error, then a column for every label's probability, or with
/// <c>--top K</c> the K best labels and their probabilities.
/// </summary>
internal sealed class CsvScoreFormat : IScoreFormat
{
    private readonly CsvWriter csv;
    private readonly int? top;
    private readonly int columns;

    public CsvScoreFormat(TextWriter writer, IReadOnlyList<string> labels, int? top)
    {
        this.top = top is int k ? Math.Min(k, labels.Count) : null;
        columns = this.top * 2 ?? labels.Count;
        csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        IEnumerable<string> last = this.top is int count
            ? Enumerable.Range(1, count).SelectMany(i => new[] { FormattableString.Invariant($"label{i}"), FormattableString.Invariant($"probability{i}") })
            : labels;
        WriteRow(["path", "label", "probability", "error", .. last]);
    }

    public void Write(ScoringResult result)
    {
        if (!result.Succeeded)
        {
            WriteRow([result.Name, string.Empty, string.Empty, result.Error, .. Enumerable.Repeat(string.Empty, columns)]);
            return;
        }

        ScoredImage image = result.Image;
        IEnumerable<string> last = top is int k ? image.Top(k).SelectMany(s => new[] { s.Key, Number(s.Value) }) : image.Scores.Values.Select(Number);
        WriteRow([result.Name, image.Label, Number(image.Probability), string.Empty, .. last]);
    }

    public void Dispose() => csv.Dispose();

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);

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
