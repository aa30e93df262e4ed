namespace InceptionMl.Training.Tests.Retraining;

/// <summary>One thing that happens to a dataset or to its registry, and what befalls it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Choice">Of which image, class or version.</param>
/// <param name="Accepts">Whether a retraining accepts changed test labels.</param>
/// <param name="Reports">The report of progress at which it is canceled; 0 for none.</param>
/// <param name="DiskSteps">How many steps on the registry's disk succeed; below 0 all do.</param>
/// <param name="IsFull">Whether the disk is full then, rather than the power cut.</param>
internal sealed record RetrainStep(RetrainStepKind Kind, int Choice, bool Accepts, int Reports, int DiskSteps, bool IsFull);
