namespace InceptionMl.Training.Datasets;

/// <summary>A split.</summary>
/// <param name="Parts">The part of each item, in the order they were handed in.</param>
/// <param name="Warnings">Sentences for the user, one for each kind of doubt.</param>
public sealed record SplitResult(IReadOnlyList<SplitPart> Parts, IReadOnlyList<string> Warnings);
