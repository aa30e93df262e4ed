using Parquet.Serialization;

namespace InceptionMl.Cli.Tests;

/// <summary>A row of a feature file, read by the library's own mapping of classes.</summary>
internal sealed class ParquetRow
{
    [System.Text.Json.Serialization.JsonPropertyName("path")]
    public string Path { get; set; } = string.Empty;

    [System.Text.Json.Serialization.JsonPropertyName("sha256")]
    public string Sha256 { get; set; } = string.Empty;

    [System.Text.Json.Serialization.JsonPropertyName("label")]
    public string Label { get; set; } = string.Empty;

    [System.Text.Json.Serialization.JsonPropertyName("features")]
    public List<float> Features { get; set; } = [];

    public static async Task<IList<ParquetRow>> ReadAsync(string path)
    {
        await using FileStream stream = File.OpenRead(path);
        return (await ParquetSerializer.DeserializeAsync<ParquetRow>(stream)).Data;
    }
}
