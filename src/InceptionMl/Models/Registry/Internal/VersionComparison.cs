using System.Text.Json;
using System.Text.Json.Serialization;

namespace InceptionMl.Models.Registry.Internal;

/// <summary>How a version was compared with an earlier one on the same test images when it was made: <c>comparison.json</c> beside its model.</summary>
public sealed record VersionComparison
{
    /// <summary>The most bytes such a file has.</summary>
    public const int MaxFile = 1 << 16;

    /// <summary>Gets the version it was compared with.</summary>
    public required string With { get; init; }

    /// <summary>Gets the number of images that both were measured on.</summary>
    public required int Images { get; init; }

    /// <summary>Gets the accuracy of the earlier version, 0 to 1, and its 95 % interval.</summary>
    public required double? Accuracy { get; init; }

    public required double? AccuracyLow { get; init; }

    public required double? AccuracyHigh { get; init; }

    /// <summary>Gets the accuracy of the version itself, 0 to 1, and its 95 % interval.</summary>
    public required double? OwnAccuracy { get; init; }

    public required double? OwnAccuracyLow { get; init; }

    public required double? OwnAccuracyHigh { get; init; }

    /// <summary>Gets how much the Brier score rose, and the bounds of that, each one-sided at 95 %.</summary>
    public required double BrierChange { get; init; }

    public required double BrierChangeLow { get; init; }

    public required double BrierChangeHigh { get; init; }

    /// <summary>Gets the comparison with the best version ever promoted; null where that is <see cref="With"/>.</summary>
    public VersionComparison? Best { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, VersionComparisonJson.Default.VersionComparison);

    /// <summary>Reads the comparison of a version; null where none is kept or it cannot be read.</summary>
    public static VersionComparison? Read(RegistryFolder registry, string folder)
    {
        try
        {
            return registry.Read(Path.Combine(folder, RegistryFolder.ComparisonFile), MaxFile) is { } json
                ? JsonSerializer.Deserialize(json, VersionComparisonJson.Default.VersionComparison)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or RegistryException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, MaxDepth = 4)]
[JsonSerializable(typeof(VersionComparison))]
internal sealed partial class VersionComparisonJson : JsonSerializerContext;
