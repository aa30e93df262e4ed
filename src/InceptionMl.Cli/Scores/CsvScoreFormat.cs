using System.Globalization;
using CsvHelper;
using InceptionMl.Scoring;
using InceptionMl.Training.Batch;
using InceptionMl.Training.Batch.Resuming;

namespace InceptionMl.Cli.Scores;

/// <summary>
/// Comma-separated values with a header: path, id (where a table has such a column), label, probability, outcome (where it is asked
/// for), error, then a column for every label's probability, or with <c>--top K</c> the K best labels and their probabilities.
/// </summary>
internal sealed class CsvScoreFormat : IScoreFormat
{
    private readonly CsvWriter csv;
    private readonly int? top;
    private readonly int columns;
    private readonly bool withId;
    private readonly bool withOutcome;

    public CsvScoreFormat(TextWriter writer, IReadOnlyList<string> labels, int? top, bool withId, bool withOutcome = false, bool writeHeader = true)
    {
        this.withOutcome = withOutcome;
        this.top = top is int k ? Math.Min(k, labels.Count) : null;
        this.withId = withId;
        columns = this.top * 2 ?? labels.Count;
        csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        if (writeHeader)
        {
            IEnumerable<string> last = this.top is int count
                ? Enumerable.Range(1, count).SelectMany(i => new[] { FormattableString.Invariant($"label{i}"), FormattableString.Invariant($"probability{i}") })
                : labels;
            WriteRow([.. Input("path", "id"), "label", "probability", .. Outcome("outcome"), "error", .. last]);
        }
    }

    /// <summary>How results are told in a file of them.</summary>
    public static ScoreText Text(IReadOnlyList<string> labels, int? top, bool withId, bool withOutcome)
    {
        using StringWriter header = new();
        new CsvScoreFormat(header, labels, top, withId, withOutcome).Dispose();
        return new ScoreText(header.ToString().TrimEnd('\n', '\r'), (path, id) => LeadingColumns(path, withId ? id ?? string.Empty : null),
            Failure: withOutcome ? ",,," : ",,", QuotesHoldLines: true);
    }

    public void Write(BatchScore score)
    {
        ScoringResult result = score.Result;
        IEnumerable<string> input = Input(result.Name, score.Id ?? string.Empty);
        if (!result.Succeeded)
        {
            WriteRow([.. input, string.Empty, string.Empty, .. Outcome(string.Empty), result.Error, .. Enumerable.Repeat(string.Empty, columns)]);
            return;
        }

        ScoredImage image = result.Image;
        IEnumerable<string> last = top is int k ? image.Top(k).SelectMany(s => new[] { s.Key, Number(s.Value) }) : image.Scores.Values.Select(Number);
        WriteRow([.. input, image.Label, Number(image.Probability), .. Outcome(OutcomeWord.Format(image.Outcome)), string.Empty, .. last]);
    }

    public void Dispose() => csv.Dispose();

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string LeadingColumns(string path, string? id)
    {
        using StringWriter lead = new();
        using CsvWriter fields = new(lead, CultureInfo.InvariantCulture);
        fields.WriteField(path);
        if (id is not null)
        {
            fields.WriteField(id);
        }

        fields.WriteField(string.Empty);
        fields.Flush();
        return lead.ToString();
    }

    private string[] Input(string path, string id) => withId ? [path, id] : [path];

    private string[] Outcome(string word) => withOutcome ? [word] : [];

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
