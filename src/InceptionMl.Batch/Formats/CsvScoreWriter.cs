using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using CsvHelper;
using CsvHelper.Configuration;

namespace InceptionMl.Batch.Formats;

/// <summary>
/// Writes results as comma-separated values with a header. The column of scores, wherever it stands in <see cref="ScoreRow"/>, comes last: a
/// column per label, or with <see cref="ScoreLayout.Top"/> the best labels and their probabilities.
/// </summary>
public sealed class CsvScoreWriter : IScoreWriter
{
    private readonly CsvWriter csv;
    private readonly JsonPropertyInfo[] columns;
    private readonly ScoreLayout layout;
    private readonly int scores;

    /// <summary>Initializes a new instance of the <see cref="CsvScoreWriter"/> class.</summary>
    /// <param name="writer">The destination, which stays open. Every row is flushed to it.</param>
    /// <param name="layout">The columns.</param>
    /// <param name="writeHeader">Whether to write the header; false to go on with a file that has one.</param>
    public CsvScoreWriter(TextWriter writer, ScoreLayout layout, bool writeHeader = true)
    {
        ArgumentNullException.ThrowIfNull(layout);
        this.layout = Bound(layout);
        columns = Single(layout);
        scores = this.layout.Top * 2 ?? layout.Labels.Count;
        csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        if (writeHeader)
        {
            WriteRecord(csv, Header(this.layout, columns));
        }
    }

    /// <summary>Describes the format of an unfinished file.</summary>
    /// <param name="layout">The columns.</param>
    public static ScoreText Describe(ScoreLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using StringWriter header = new();
        JsonPropertyInfo[] columns = Single(layout);
        using (CsvWriter writer = new(header, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            WriteRecord(writer, Header(Bound(layout), columns));
        }

        return new ScoreText(header.ToString().TrimEnd('\n', '\r'), QuotesHoldLines: true, record => Read(record, columns));
    }

    /// <inheritdoc/>
    public Task WriteAsync(ScoreRow row, CancellationToken cancellationToken = default)
    {
        ScoreRow shown = layout.Apply(row);
        IEnumerable<string> last = shown.Scores is null ? Enumerable.Repeat(string.Empty, scores)
            : layout.Top is null ? shown.Scores.Values.Select(Number)
            : shown.Scores.SelectMany(score => new[] { score.Key, Number(score.Value) });
        WriteRecord(csv, [.. columns.Select(column => Field(column.Get!(shown))), .. last]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken = default) => csv.FlushAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => csv.DisposeAsync();

    private static ScoreLayout Bound(ScoreLayout layout) => layout with { Top = layout.Top is { } top ? Math.Min(top, layout.Labels.Count) : null };

    private static IEnumerable<string> Header(ScoreLayout layout, JsonPropertyInfo[] columns) => columns.Select(column => column.Name).Concat(layout.Top is { } count
        ? Enumerable.Range(1, count).SelectMany(i => new[] { FormattableString.Invariant($"label{i}"), FormattableString.Invariant($"probability{i}") })
        : layout.Labels);

    private static JsonPropertyInfo[] Single(ScoreLayout layout) => [.. layout.Columns.Where(column => !ScoreLayout.Is(column, nameof(ScoreRow.Scores)))];

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Field(object? value) => value is float number ? Number(number) : ScoreRow.Text(value) ?? string.Empty;

    private static ScoreRow? Read(string record, JsonPropertyInfo[] columns)
    {
        using CsvParser fields = new(new StringReader(record), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        return fields.Read() && fields.Count >= columns.Length
            ? new ScoreRow { Path = Value(nameof(ScoreRow.Path)) ?? string.Empty, Id = Value(nameof(ScoreRow.Id)), Error = Value(nameof(ScoreRow.Error)) }
            : null;

        string? Value(string property) => Array.FindIndex(columns, column => ScoreLayout.Is(column, property)) is >= 0 and int i && fields[i].Length > 0 ? fields[i] : null;
    }

    private static void WriteRecord(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
        csv.Flush();
    }
}
