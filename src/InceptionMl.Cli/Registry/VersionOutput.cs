using System.Globalization;
using System.Text.Json.Serialization;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Cli;

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
    public VersionComparison? Comparison => Source.Comparison;

    [JsonPropertyOrder(-1)]
    public long Bytes => Source.Bytes;

    [JsonPropertyOrder(-1)]
    public string? Problem => Source.Problem;

    [JsonIgnore]
    protected ModelVersion Source { get; } = Source;
}

/// <summary>A version's figures as people read them; a dash where its card does not say.</summary>
internal static class VersionFigures
{
    private const string Unknown = "-";

    /// <summary>Gets the readable images, all parts together.</summary>
    public static int? Images(ModelVersion version) => version.Card?.Data?.Images is { } parts
        ? parts.Where(part => part.Key != "unreadable").Sum(part => part.Value)
        : null;

    public static string Count(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? Unknown;

    public static string Figure(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? Unknown;

    public static string Figure(ModelFigures? figures, FigureColumn column) => Figure(figures is null ? null : column.Of(figures), column.IsShare ? "P1" : "F3");

    /// <summary>Gets the accuracy of the version that was promoted before and that of this one, on the same images.</summary>
    public static string Change(ModelVersion version) => version.Comparison is { } comparison
        ? $"{Figure(100 * comparison.Accuracy, "F1")} to {Figure(100 * comparison.OwnAccuracy, "F1")} %"
        : Unknown;

    public static string Created(ModelVersion version) =>
        version.Created?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? Unknown;

    public static string Size(long bytes) => FormattableString.Invariant($"{bytes / 1e6:F1} MB");
}
