using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace InceptionMl.Batch.Formats;

/// <summary>Writes results as JSON Lines: an object per image, without the properties of <see cref="ScoreRow"/> that are null.</summary>
/// <param name="writer">The destination, which stays open.</param>
/// <param name="layout">The columns. An id is written wherever there is one.</param>
public sealed class JsonLinesScoreWriter(TextWriter writer, ScoreLayout layout) : IScoreWriter
{
    private static readonly JsonTypeInfo<ScoreRow> Json = ScoreRow.Relaxed.ScoreRow;

    /// <summary>Gets the format of an unfinished file.</summary>
    public static ScoreText Text { get; } = new(Header: null, QuotesHoldLines: false, Parse);

    /// <summary>Reads rows that were written with outcomes and with every label: the same values to the bit.</summary>
    /// <param name="lines">The lines, in UTF-8. The stream stays open.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between lines.</param>
    /// <exception cref="JsonException">A line is not a result.</exception>
    public static async IAsyncEnumerable<ScoreRow> ReadAsync(Stream lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using StreamReader reader = new(lines, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return JsonSerializer.Deserialize(line, Json)!;
        }
    }

    /// <inheritdoc/>
    public async Task WriteAsync(ScoreRow row, CancellationToken cancellationToken = default) =>
        await writer.WriteLineAsync(JsonSerializer.Serialize(layout.Apply(row), Json)).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken = default) => writer.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ScoreRow? Parse(string record)
    {
        try
        {
            return JsonSerializer.Deserialize(record, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
