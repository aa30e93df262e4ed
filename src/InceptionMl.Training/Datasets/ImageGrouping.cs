namespace InceptionMl.Training.Datasets;

/// <summary>What makes images a group, which cross-validation keeps in one fold, such as photographs of one object.</summary>
/// <param name="Column">The manifest's column whose value names the group; null makes the images of one folder below a label's own a group.</param>
public sealed record ImageGrouping(string? Column);
