using System.Globalization;
using System.Text.Json.Serialization;
using InceptionMl.Models;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli.Registry;

/// <summary>A version for programs: a line of <c>models list --json</c>.</summary>
internal record VersionOutput(ModelVersion Source)
{
    [JsonPropertyOrder(-1)]
    public string Version => Source.Version;

    [JsonPropertyOrder(-1)]
    public bool Current => Source.IsCurrent;

    [JsonPropertyOrder(-1)]
    public string Model => Source.ModelPath;

    [JsonPropertyOrder(-1)]
    public string? Created => Source.Created?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    [JsonPropertyOrder(-1)]
    public int? Images => VersionFigures.Images(Source);

    [JsonPropertyOrder(-1)]
    public IReadOnlyList<string> Classes => Source.Classes;

    [JsonPropertyOrder(-1)]
    public ModelFigures Test => Source.Test ?? new ModelFigures();

    [JsonPropertyOrder(-1)]
    public long Bytes => Source.Bytes;

    [JsonPropertyOrder(-1)]
    public string? Problem => Source.Problem;

    [JsonIgnore]
    protected ModelVersion Source { get; } = Source;
}
