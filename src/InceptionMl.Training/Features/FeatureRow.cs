namespace InceptionMl.Training.Features;

/// <summary>A row of a feature file.</summary>
/// <param name="Path">The image as it was given.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal.</param>
/// <param name="Label">Its label; empty if it has none.</param>
/// <param name="Features">Its features.</param>
internal sealed record FeatureRow(string Path, string Sha256, string Label, float[] Features);
