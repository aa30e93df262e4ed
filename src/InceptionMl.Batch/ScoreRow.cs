using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using InceptionMl.Scoring;
using InceptionMl.Shared.Json;

namespace InceptionMl.Batch;

/// <summary>One image of a batch as every format writes it. Its properties, in this order, are the columns; a property that is null has no value.</summary>
/// <remarks>To add a column, add a property here and fill it in <see cref="Create"/>: all writers take the columns from this record.</remarks>
public sealed record ScoreRow
{
    /// <summary>Gets the image's name as it was given: its path, <c>ARCHIVE.zip!/ENTRY</c> or <c>TABLE.parquet#ROW</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the value of the table's id column.</summary>
    public string? Id { get; init; }

    /// <summary>Gets the most probable label; null if the image could not be read.</summary>
    public string? Label { get; init; }

    /// <summary>Gets the label's probability, 0 to 1; null if the image could not be read.</summary>
    public float? Probability { get; init; }

    /// <summary>Gets a value that indicates whether the model stands by the label; null if the image could not be read.</summary>
    public ScoringOutcome? Outcome { get; init; }

    /// <summary>Gets the labels that may be the true one, the most probable first; null if none were asked for or the image could not be read.</summary>
    public IReadOnlyList<string>? Set { get; init; }

    /// <summary>Gets the probability of every label, in the order of the model's classes; null if the image could not be read.</summary>
    public IReadOnlyDictionary<string, float>? Scores { get; init; }

    /// <summary>Gets what is wrong with the image; null if it was scored.</summary>
    public string? Error { get; init; }

    // Results go to programs, never into a web page: letters stay letters.
    internal static ScoreRowJson Relaxed { get; } = new(new JsonSerializerOptions(ScoreRowJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The columns of every format, in order.</summary>
    internal static IReadOnlyList<JsonPropertyInfo> Columns { get; } = [.. ScoreRowJson.Default.ScoreRow.Properties];

    /// <summary>Creates the row of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="id">The value of the table's id column.</param>
    public static ScoreRow Create(ScoringResult result, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new ScoreRow
        {
            Path = result.Name,
            Id = id,
            Label = result.Image?.Label,
            Probability = result.Image?.Probability,
            Outcome = result.Image?.Outcome,
            Set = result.Image?.Set,
            Scores = result.Image?.Scores,
            Error = result.Error,
        };
    }

    /// <summary>Gets the text of a column's value that is no number: enums by their words in JSON, lists as JSON.</summary>
    internal static string? Text(object? value) => value switch
    {
        Enum word => JsonSerializer.Serialize(word, ScoreRowJson.Default.GetTypeInfo(word.GetType())!).Trim('"'),
        IReadOnlyList<string> list => JsonSerializer.Serialize(list, Relaxed.IReadOnlyListString),
        _ => (string?)value,
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FiniteSingleConverter)])]
[JsonSerializable(typeof(ScoreRow))]
internal sealed partial class ScoreRowJson : JsonSerializerContext;
