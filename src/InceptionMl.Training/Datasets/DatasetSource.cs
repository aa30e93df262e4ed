namespace InceptionMl.Training.Datasets;

/// <summary>A folder or a manifest among several that make up a dataset.</summary>
/// <param name="Path">The folder, or the CSV or TSV file.</param>
/// <param name="Part">The part that all its images belong to; null leaves that to its own layout.</param>
public sealed record DatasetSource(string Path, SplitPart? Part = null);
