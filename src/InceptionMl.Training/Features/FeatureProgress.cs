namespace InceptionMl.Training.Features;

/// <summary>How far an extraction is.</summary>
/// <param name="Done">Images finished, readable or not.</param>
/// <param name="Total">Images in all.</param>
/// <param name="Hits">Images whose features were all in the cache.</param>
/// <param name="Unreadable">Images refused so far.</param>
/// <param name="AugmentedCopies">0 while images are extracted as they are; then the augmented copies of each training image.</param>
public readonly record struct FeatureProgress(int Done, int Total, int Hits, int Unreadable, int AugmentedCopies = 0);
