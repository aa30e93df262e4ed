namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>What a challenger must hold to take the champion's place. Any rule may be switched off with null.</summary>
public sealed record AcceptanceRules
{
    /// <summary>
    /// A challenger that has fewer images right than the champion is kept out where <see cref="McNemar"/>'s exact test gives a p-value below this; above 0, below 1.
    /// </summary>
    /// <value>The default is 0.05.</value>
    public double? Significance { get; init; } = 0.05;

    /// <summary>How much recall a class may lose, 0 to 1.</summary>
    /// <value>The default is 0.05.</value>
    public double? MaxRecallLoss { get; init; } = 0.05;

    /// <summary>Classes with fewer test images are not held to <see cref="MaxRecallLoss"/>: a single image would decide.</summary>
    /// <value>The default is 20.</value>
    public int MinTestImages { get; init; } = 20;

    /// <summary>How much the expected calibration error may rise, 0 to 1.</summary>
    /// <value>The default is 0.02.</value>
    public double? MaxEceIncrease { get; init; } = 0.02;

    /// <summary>Whether every rule is switched off, so that any challenger is accepted, even where there is no test image.</summary>
    public bool AreOff => Significance is null && MaxRecallLoss is null && MaxEceIncrease is null;

    /// <summary>Judges a challenger.</summary>
    /// <param name="comparison">Both models on the same test images.</param>
    public AcceptanceDecision Judge(ModelComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return AreOff
            ? new AcceptanceDecision([new RuleResult(Holds: true, "all acceptance rules are switched off")])
            : comparison.Champion.Images == 0
            ? new AcceptanceDecision([new RuleResult(Holds: false, comparison.LeftOut == 0
                ? "there is no test image to compare the models on"
                : FormattableString.Invariant($"the champion was trained on all {comparison.LeftOut} test images, so there is none to compare the models on; add images"))])
            : new AcceptanceDecision([.. Overall(comparison), .. Recall(comparison), .. Calibration(comparison)]);
    }

    private IEnumerable<RuleResult> Overall(ModelComparison comparison)
    {
        if (Significance is not { } level)
        {
            yield break;
        }

        int lost = comparison.OnlyChampionRight;
        int won = comparison.OnlyChallengerRight;
        bool holds = lost <= won || comparison.PValue >= level;
        yield return new RuleResult(
            holds,
            FormattableString.Invariant($"{won} newly right and {lost} newly wrong of {comparison.Champion.Images} test images ")
            + FormattableString.Invariant($"(McNemar's exact test: p = {comparison.PValue:G3}): ")
            + (lost <= won ? "no loss overall" : holds ? "no significant loss overall" : FormattableString.Invariant($"a significant loss overall, below {level}")));
    }

    private IEnumerable<RuleResult> Recall(ModelComparison comparison)
    {
        if (MaxRecallLoss is not { } limit)
        {
            yield break;
        }

        bool any = false;
        foreach ((ClassMetrics before, ClassMetrics after) in comparison.Champion.PerClass.Zip(comparison.Challenger.PerClass))
        {
            // Counted in images, so that a loss of exactly the limit is not a matter of rounding.
            double lost = (before.Recall ?? 0) - (after.Recall ?? 0);
            if (before.Support >= MinTestImages && before.Support > 0 && Math.Round(lost * before.Support) > (limit * before.Support) + 1e-9)
            {
                any = true;
                yield return new RuleResult(
                    Holds: false,
                    FormattableString.Invariant($"class {before.Label} loses {100 * lost:F1} points of recall, from {100 * before.Recall:F1} to {100 * after.Recall:F1} % ")
                    + FormattableString.Invariant($"of {before.Support} test images; {100 * limit:0.##} are allowed"));
            }
        }

        if (!any)
        {
            yield return new RuleResult(
                Holds: true,
                FormattableString.Invariant($"no class of at least {MinTestImages} test images loses more than {100 * limit:0.##} points of recall"));
        }
    }

    private IEnumerable<RuleResult> Calibration(ModelComparison comparison)
    {
        if (MaxEceIncrease is not { } limit || comparison.Champion.Ece is not { } before || comparison.Challenger.Ece is not { } after)
        {
            yield break;
        }

        bool holds = after - before <= limit;
        yield return new RuleResult(
            holds,
            FormattableString.Invariant($"the calibration error goes from {before:F3} to {after:F3}; ")
            + FormattableString.Invariant($"{(holds ? "an increase of" : "only")} {limit:0.###} is allowed"));
    }
}
