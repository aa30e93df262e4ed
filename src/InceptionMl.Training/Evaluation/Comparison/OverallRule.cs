namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>No significant loss of images that are right, by <see cref="McNemar"/>'s exact test.</summary>
internal sealed class OverallRule(double level) : IAcceptanceRule
{
    public string Id => "overall";

    public IEnumerable<RuleResult> Judge(ModelComparison comparison)
    {
        int lost = comparison.OnlyChampionRight;
        int won = comparison.OnlyChallengerRight;
        bool holds = lost <= won || comparison.PValue >= level;
        yield return new RuleResult(
            Id,
            holds,
            comparison.PValue,
            level,
            FormattableString.Invariant($"{won} newly right and {lost} newly wrong of {comparison.Champion.Images} test images ")
            + FormattableString.Invariant($"(McNemar's exact test: p = {comparison.PValue:G3}): ")
            + (lost <= won ? "no loss overall" : holds ? "no significant loss overall" : FormattableString.Invariant($"a significant loss overall, below {level}")));
    }
}
