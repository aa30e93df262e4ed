namespace InceptionMl.Training.Features;

/// <summary>What a feature export gave.</summary>
/// <param name="Images">Rows written.</param>
/// <param name="Width">Values per row.</param>
/// <param name="CacheHits">Rows whose features were in the cache.</param>
/// <param name="Problems">Images left out.</param>
/// <param name="Diagnostics">What a person should know of the images.</param>
/// <param name="FeaturizeSeconds">Seconds from images to features, writing included.</param>
/// <param name="TotalSeconds">Seconds in all.</param>
public sealed record FeatureExportResult(
    int Images, int Width, int CacheHits, IReadOnlyList<ImageProblem> Problems, IReadOnlyList<Diagnostic> Diagnostics, double FeaturizeSeconds, double TotalSeconds);
