namespace InceptionMl.Training.Retraining;

/// <summary>A version of a model and how it stood on the frozen test images.</summary>
/// <param name="Version">The version in the registry.</param>
/// <param name="Accuracy">Share of the test images it has right; null where there are none.</param>
public sealed record ModelScore(string Version, double? Accuracy);
