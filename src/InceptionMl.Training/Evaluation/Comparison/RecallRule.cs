namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>No class with enough test images loses more recall than the limit.</summary>
internal sealed class RecallRule(double limit, int minTestImages) : IAcceptanceRule
{
    public string Id => "recall";

    public IEnumerable<RuleResult> Judge(ModelComparison comparison)
    {
        double? most = null;
        bool any = false;
        foreach ((ClassificationMetrics.ClassMetrics before, ClassificationMetrics.ClassMetrics after) in comparison.Champion.PerClass.Zip(comparison.Challenger.PerClass))
        {
            if (before.Support < minTestImages || before.Support == 0)
            {
                continue;
            }

            double lost = (before.Recall ?? 0) - (after.Recall ?? 0);
            most = Math.Max(most ?? lost, lost);

            // Counted in images, so that a loss of exactly the limit is not a matter of rounding.
            if (Math.Round(lost * before.Support) > (limit * before.Support) + 1e-9)
            {
                any = true;
                yield return new RuleResult(
                    Id,
                    Holds: false,
                    lost,
                    limit,
                    FormattableString.Invariant($"class {before.Label} loses {100 * lost:F1} points of recall, from {100 * before.Recall:F1} to {100 * after.Recall:F1} % ")
                    + FormattableString.Invariant($"of {before.Support} test images; {100 * limit:0.##} are allowed"))
                {
                    Label = before.Label,
                };
            }
        }

        if (!any)
        {
            yield return new RuleResult(
                Id,
                Holds: true,
                most,
                limit,
                FormattableString.Invariant($"no class of at least {minTestImages} test images loses more than {100 * limit:0.##} points of recall"));
        }
    }
}
