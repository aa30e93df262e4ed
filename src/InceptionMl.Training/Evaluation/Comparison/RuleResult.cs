namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>What one acceptance rule found.</summary>
/// <param name="Holds">Whether the challenger may pass.</param>
/// <param name="Reason">Why, in a clause with its figures.</param>
public sealed record RuleResult(bool Holds, string Reason);
