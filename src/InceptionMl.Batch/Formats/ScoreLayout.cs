using System.Text.Json.Serialization.Metadata;

namespace InceptionMl.Batch.Formats;

/// <summary>Which columns of a <see cref="ScoreRow"/> a file holds.</summary>
/// <param name="Labels">The model's labels, in the order of its classes.</param>
public sealed record ScoreLayout(IReadOnlyList<string> Labels)
{
    /// <summary>Gets the number of labels per image, the most probable first.</summary>
    /// <value>The default is null: all labels, in the order of the classes.</value>
    public int? Top { get; init; }

    /// <summary>Gets a value that indicates whether there is a column for <see cref="ScoreRow.Id"/>.</summary>
    /// <value>The default is false.</value>
    public bool WithId { get; init; }

    /// <summary>Gets a value that indicates whether there is a column for <see cref="ScoreRow.Outcome"/>.</summary>
    /// <value>The default is false.</value>
    public bool WithOutcome { get; init; }

    /// <summary>Gets a value that indicates whether there is a column for <see cref="ScoreRow.Set"/>.</summary>
    /// <value>The default is false.</value>
    public bool WithSet { get; init; }

    /// <summary>The columns of <see cref="ScoreRow"/> that the file holds, in order.</summary>
    internal IReadOnlyList<JsonPropertyInfo> Columns =>
    [
        .. ScoreRow.Columns.Where(column => (WithId || !Is(column, nameof(ScoreRow.Id))) && (WithOutcome || !Is(column, nameof(ScoreRow.Outcome)))
            && (WithSet || !Is(column, nameof(ScoreRow.Set)))),
    ];

    /// <summary>Returns a row with the values that this layout shows.</summary>
    /// <param name="row">The row, with all its scores.</param>
    public ScoreRow Apply(ScoreRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row with
        {
            Outcome = WithOutcome ? row.Outcome : null,
            Set = WithSet ? row.Set : null,
            Scores = Top is { } count && row.Scores is { } scores
                ? new OrderedDictionary<string, float>(scores.OrderByDescending(score => score.Value).Take(count))
                : row.Scores,
        };
    }

    internal static bool Is(JsonPropertyInfo column, string property) => column.Name.Equals(property, StringComparison.OrdinalIgnoreCase);
}
