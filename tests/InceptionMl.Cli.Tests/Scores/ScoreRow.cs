using System.Text.Json.Serialization;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>A row of a Parquet file of results.</summary>
internal sealed class ScoreRow
{
    [JsonPropertyName("path")]
    public string? Path { get; set; }

    [JsonPropertyName("id")]
    public string? Id { get; set; }

    [JsonPropertyName("label")]
    public string? Label { get; set; }

    [JsonPropertyName("probability")]
    public float? Probability { get; set; }

    [JsonPropertyName("outcome")]
    public string? Outcome { get; set; }

    [JsonPropertyName("scores")]
    public List<float>? Scores { get; set; }

    [JsonPropertyName("error")]
    public string? Error { get; set; }
}
