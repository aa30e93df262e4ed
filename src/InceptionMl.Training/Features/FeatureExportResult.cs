using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Features;

/// <summary>What a feature export gave.</summary>
/// <param name="Images">Rows written.</param>
/// <param name="Width">Values per row.</param>
/// <param name="CacheHits">Rows whose features were in the cache.</param>
/// <param name="Problems">Images left out.</param>
/// <param name="Warnings">What the person should know, a sentence each.</param>
/// <param name="FeaturizeSeconds">Seconds from images to features, writing included.</param>
/// <param name="TotalSeconds">Seconds in all.</param>
public sealed record FeatureExportResult(
    int Images, int Width, int CacheHits, IReadOnlyList<ImageProblem> Problems, IReadOnlyList<string> Warnings, double FeaturizeSeconds, double TotalSeconds)
{
    /// <summary>Gets whether images lie deeper than in a label's own folder; see <see cref="ImageDataset.HasNestedFolders"/>.</summary>
    public bool HasNestedFolders { get; init; }
}
