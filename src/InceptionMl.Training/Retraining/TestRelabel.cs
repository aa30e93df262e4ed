namespace InceptionMl.Training.Retraining;

/// <summary>A test image whose label in the dataset is no longer the one it was frozen with.</summary>
/// <param name="Path">The image.</param>
/// <param name="Frozen">The label it was frozen with, under the name the class has now.</param>
/// <param name="Now">The label it has in the dataset.</param>
public sealed record TestRelabel(string Path, string Frozen, string Now);
