using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Features;

/// <summary>What a feature export gave.</summary>
/// <param name="Images">The number of rows.</param>
/// <param name="Width">The number of values per row.</param>
/// <param name="CacheHits">Rows whose features were in the cache.</param>
/// <param name="Problems">The images that were left out.</param>
/// <param name="Diagnostics">What a person should know of the images.</param>
/// <param name="FeaturizeSeconds">Seconds from images to features, writing included.</param>
/// <param name="TotalSeconds">The total time, in seconds.</param>
public sealed record FeatureExportResult(
    int Images, int Width, int CacheHits, IReadOnlyList<ImageProblem> Problems, IReadOnlyList<Diagnostic> Diagnostics, double FeaturizeSeconds, double TotalSeconds);
