using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parquet;
using Parquet.Schema;

namespace InceptionMl.Batch.Formats;

/// <summary>
/// Writes results as Parquet, a column per property of <see cref="ScoreRow"/>: numbers as float, scores as a list of float in the order of the
/// file's metadata <c>labels</c> (a JSON list), all else as text. What an image that could not be read does not have is null.
/// </summary>
public sealed class ParquetScoreWriter : IScoreWriter
{
    // Small groups: what waits for a group to fill is all the memory that grows with the images.
    private const int ValuesPerGroup = 1 << 18;
    private const int MostRowsPerGroup = 1 << 14;

    private readonly List<ScoreRow> waiting = [];
    private readonly IReadOnlyList<string> labels;
    private readonly (JsonPropertyInfo Column, DataField Field)[] columns;
    private ParquetWriter? writer;

    private ParquetScoreWriter(IReadOnlyList<string> labels, (JsonPropertyInfo Column, DataField Field)[] columns)
    {
        this.labels = labels;
        this.columns = columns;
    }

    /// <summary>Starts a file.</summary>
    /// <param name="stream">The destination, which stays open.</param>
    /// <param name="layout">The columns. A Parquet file always holds the outcome and the scores of all labels.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the writing.</param>
    public static async Task<ParquetScoreWriter> CreateAsync(Stream stream, ScoreLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(layout);
        (JsonPropertyInfo Column, DataField Field)[] columns = [.. (layout with { WithOutcome = true }).Columns.Select(column => (column, CreateField(column)))];
        ParquetScoreWriter created = new(layout.Labels, columns);
        ParquetSchema schema = new(columns.Select(of => of.Field is DataField<float> element ? new ListField(of.Column.Name, element) : (Field)of.Field));
        created.writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        created.writer.CustomMetadata = new Dictionary<string, string> { ["labels"] = JsonSerializer.Serialize(layout.Labels) };
        return created;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(ScoreRow row, CancellationToken cancellationToken = default)
    {
        waiting.Add(row);
        if (waiting.Count >= Math.Clamp(ValuesPerGroup / Math.Max(1, labels.Count), 1, MostRowsPerGroup))
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (waiting.Count > 0)
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ParquetWriter? open = writer;
        writer = null;
        if (open is not null)
        {
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static DataField CreateField(JsonPropertyInfo column) =>
        column.PropertyType == typeof(float?) ? new DataField<float?>(column.Name)
        : column.PropertyType == typeof(IReadOnlyDictionary<string, float>) ? new DataField<float>("element", nullable: false)
        : new DataField<string>(column.Name);

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = writer!.CreateRowGroup();
        foreach ((JsonPropertyInfo column, DataField field) in columns)
        {
            await (field switch
            {
                DataField<float?> => group.WriteAsync<float>(field, waiting.Select(row => (float?)column.Get!(row)).ToArray().AsMemory(), cancellationToken: cancellationToken),
                DataField<float> => WriteScoresAsync(group, field, cancellationToken),
                _ => group.WriteAsync(field, [.. waiting.Select(row => ScoreRow.Text(column.Get!(row))!)]),
            }).ConfigureAwait(false);
        }

        waiting.Clear();
    }

    // A list starts at repetition level 0 and goes on at the element's own; a row without one is a single place at definition level 0.
    private async Task WriteScoresAsync(ParquetRowGroupWriter group, DataField element, CancellationToken cancellationToken)
    {
        List<float> values = [];
        List<int> definitions = [];
        List<int> repetitions = [];
        foreach (ScoreRow row in waiting)
        {
            float[] all = row.Scores is { } scores ? [.. labels.Select(label => scores[label])] : [];
            values.AddRange(all);
            definitions.AddRange(all.Length == 0 ? [0] : Enumerable.Repeat(element.MaxDefinitionLevel, all.Length));
            repetitions.Add(0);
            repetitions.AddRange(Enumerable.Repeat(element.MaxRepetitionLevel, Math.Max(0, all.Length - 1)));
        }

        await group.WriteAllPartsAsync<float>(
            element, values.ToArray().AsMemory(), definitions.ToArray().AsMemory(), repetitions.ToArray().AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
