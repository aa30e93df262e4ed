namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>Whether a challenger takes the champion's place.</summary>
/// <param name="Outcomes">What each rule found; a challenger is accepted where all hold.</param>
public sealed record AcceptanceDecision(IReadOnlyList<RuleResult> Outcomes)
{
    /// <summary>Whether every rule holds.</summary>
    public bool IsAccepted => Outcomes.All(outcome => outcome.Holds);

    /// <summary>Why: the rules that do not hold, or, where all do, what each found.</summary>
    public IReadOnlyList<string> Reasons => [.. Outcomes.Where(outcome => outcome.Holds == IsAccepted).Select(outcome => outcome.Reason)];

    /// <summary>This verdict with what one more rule found.</summary>
    /// <param name="outcome">What it found.</param>
    public AcceptanceDecision With(RuleResult outcome) => new([.. Outcomes, outcome]);
}
