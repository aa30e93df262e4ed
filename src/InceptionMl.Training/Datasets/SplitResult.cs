namespace InceptionMl.Training.Datasets;

/// <summary>A split.</summary>
/// <param name="Parts">The part of each item, in the order they were handed in.</param>
/// <param name="Diagnostics">What a person should know of the split, one for each kind of doubt.</param>
internal sealed record SplitResult(IReadOnlyList<SplitPart> Parts, IReadOnlyList<Diagnostic> Diagnostics);
