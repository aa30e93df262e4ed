using InceptionMl.Scoring;

namespace InceptionMl.Training.Batch;

/// <summary>What became of one image of a batch.</summary>
/// <param name="Id">What the table's id column says of it; null without such a column.</param>
/// <param name="Result">The score, or the error, under the name that is reported.</param>
public sealed record BatchScore(string? Id, ScoringResult Result);
