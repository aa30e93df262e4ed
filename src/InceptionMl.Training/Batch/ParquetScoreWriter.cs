using System.Text.Json;
using InceptionMl.Scoring;
using Parquet;
using Parquet.Schema;

namespace InceptionMl.Training.Batch;

/// <summary>
/// Results as Parquet: path, id (where asked for), label, probability, outcome (accepted or uncertain), scores (a list of float, in the
/// order of the file's metadata <c>labels</c>, a JSON list) and error. What an image that could not be read has not is null.
/// </summary>
public sealed class ParquetScoreWriter : IAsyncDisposable
{
    // Small groups: what waits for a group to fill is all the memory that grows with the images.
    private const int ValuesPerGroup = 1 << 18;
    private const int MostRowsPerGroup = 1 << 14;

    private readonly DataField<string> path = new("path");
    private readonly DataField<string> id = new("id");
    private readonly DataField<string> label = new("label");
    private readonly DataField<float?> probability = new("probability");
    private readonly DataField<string> outcome = new("outcome");
    private readonly DataField<float> element = new("element", nullable: false);
    private readonly DataField<string> error = new("error");
    private readonly List<BatchScore> waiting = [];
    private readonly int labels;
    private readonly bool withId;
    private ParquetWriter? writer;

    private ParquetScoreWriter(int labels, bool withId)
    {
        this.labels = labels;
        this.withId = withId;
    }

    /// <summary>Starts a file.</summary>
    /// <param name="stream">Where it is written; stays open.</param>
    /// <param name="labels">The model's labels, in the order of its classes.</param>
    /// <param name="withId">Whether there is a column for <see cref="BatchScore.Id"/>.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task<ParquetScoreWriter> CreateAsync(
        Stream stream, IReadOnlyList<string> labels, bool withId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(labels);
        ParquetScoreWriter created = new(labels.Count, withId);
        Field[] idField = withId ? [created.id] : [];
        ParquetSchema schema = new([
            created.path, .. idField, created.label, created.probability, created.outcome, new ListField("scores", created.element), created.error]);
        created.writer = await ParquetWriter.CreateAsync(schema, stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        created.writer.CustomMetadata = new Dictionary<string, string> { ["labels"] = JsonSerializer.Serialize(labels) };
        return created;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="score">A result of the model whose labels the file was started with, with all its scores.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(BatchScore score, CancellationToken cancellationToken = default)
    {
        waiting.Add(score);
        if (waiting.Count >= Math.Clamp(ValuesPerGroup / Math.Max(1, labels), 1, MostRowsPerGroup))
        {
            await WriteGroupAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what is held back, and the file's end.</summary>
    /// <param name="cancellationToken">Stops the writing.</param>
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

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = writer!.CreateRowGroup();
        await TextAsync(group, path, score => score.Result.Name).ConfigureAwait(false);
        if (withId)
        {
            await TextAsync(group, id, score => score.Id).ConfigureAwait(false);
        }

        await TextAsync(group, label, score => score.Result.Image?.Label).ConfigureAwait(false);
        float?[] probabilities = [.. waiting.Select(score => score.Result.Image?.Probability)];
        await group.WriteAsync<float>(probability, probabilities.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        await TextAsync(group, outcome, score => score.Result.Image is { } image ? OutcomeWord.Format(image.Outcome) : null).ConfigureAwait(false);
        await ScoresAsync(group, cancellationToken).ConfigureAwait(false);
        await TextAsync(group, error, score => score.Result.Error).ConfigureAwait(false);
        waiting.Clear();
    }

    private Task TextAsync(ParquetRowGroupWriter group, DataField field, Func<BatchScore, string?> value) =>
        group.WriteAsync(field, [.. waiting.Select(score => value(score)!)]);

    // A list starts at repetition level 0 and goes on at the element's own; a row without one is a single place at definition level 0.
    private async Task ScoresAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        List<float> values = [];
        List<int> definitions = [];
        List<int> repetitions = [];
        foreach (BatchScore score in waiting)
        {
            float[] all = [.. score.Result.Image?.Scores.Values ?? []];
            values.AddRange(all);
            definitions.AddRange(all.Length == 0 ? [0] : Enumerable.Repeat(element.MaxDefinitionLevel, all.Length));
            repetitions.Add(0);
            repetitions.AddRange(Enumerable.Repeat(element.MaxRepetitionLevel, Math.Max(0, all.Length - 1)));
        }

        await group.WriteAllPartsAsync<float>(
            element, values.ToArray().AsMemory(), definitions.ToArray().AsMemory(), repetitions.ToArray().AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
