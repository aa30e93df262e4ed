namespace InceptionMl.Training.Datasets;

/// <summary>An image that was left out, and why.</summary>
/// <param name="Path">The image as it was given.</param>
/// <param name="Problem">What is wrong, as a fragment that follows the path.</param>
public sealed record ImageProblem(string Path, string Problem);
