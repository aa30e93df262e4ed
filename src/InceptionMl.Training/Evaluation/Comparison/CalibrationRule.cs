namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>The expected calibration error does not rise by more than the limit.</summary>
internal sealed class CalibrationRule(double limit) : IAcceptanceRule
{
    public string Id => "calibration";

    public IEnumerable<RuleResult> Judge(ModelComparison comparison)
    {
        if (comparison.Champion.Ece is not { } before || comparison.Challenger.Ece is not { } after)
        {
            yield break;
        }

        bool holds = after - before <= limit;
        yield return new RuleResult(
            Id,
            holds,
            after - before,
            limit,
            FormattableString.Invariant($"the calibration error goes from {before:F3} to {after:F3}; ")
            + FormattableString.Invariant($"{(holds ? "an increase of" : "only")} {limit:0.###} is allowed"));
    }
}
