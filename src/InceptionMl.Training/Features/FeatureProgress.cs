namespace InceptionMl.Training.Features;

/// <summary>How far an extraction is.</summary>
/// <param name="Done">Images finished, readable or not.</param>
/// <param name="Total">Images in all.</param>
/// <param name="Hits">Images whose features were in the cache.</param>
/// <param name="Unreadable">Images refused so far.</param>
public readonly record struct FeatureProgress(int Done, int Total, int Hits, int Unreadable);
