namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>
/// A test of non-inferiority on the paired Brier scores of the images (Brier 1950; Wellek 2010): the challenger passes if the upper 95 % bound of
/// the mean difference is below the margin. It does not where a loss is shown, that is, where the lower bound is above 0 and the mean above half the
/// margin. Between the two there are too few images to tell, and the settings say what to do.
/// </summary>
/// <param name="margin">How much the Brier score may rise.</param>
/// <param name="whenUndecided">What to do where there are too few images to tell.</param>
internal sealed class BrierRule(double margin, Undecided whenUndecided) : IAcceptanceRule
{
    public string Id => "brier";

    public IEnumerable<RuleResult> Judge(ModelComparison comparison)
    {
        ModelComparison.Difference change = comparison.BrierChange;
        (bool holds, string why) = Judge(change, margin, whenUndecided);
        yield return new RuleResult(Id, holds, change.Mean, margin, FormattableString.Invariant(
            $"the Brier score goes from {comparison.ChampionBrier:F3} to {comparison.ChallengerBrier:F3} on {comparison.Champion.Images} test images, by {change}: {why}"));
    }

    /// <summary>Decides by an interval.</summary>
    /// <param name="change">How much the Brier score rises.</param>
    /// <param name="margin">How much it may.</param>
    /// <param name="whenUndecided">What to do where there are too few images to tell.</param>
    /// <returns>Whether the challenger passes, and why in a clause.</returns>
    public static (bool Holds, string Why) Judge(ModelComparison.Difference change, double margin, Undecided whenUndecided)
    {
        string limit = FormattableString.Invariant($"the margin of {margin:0.###}");
        return change switch
        {
            { Low: > 0 } when change.Mean > margin / 2 => (false, $"a loss of more than half {limit}"),
            { High: double high } when high <= margin => (true, $"no loss beyond {limit}"),
            _ => whenUndecided switch
            {
                Undecided.Promote => (true, $"too few images to tell by {limit}, and then it is promoted"),
                Undecided.Keep => (false, $"too few images to tell by {limit}, and then it is kept out"),
                _ when change.Mean <= margin / 2 => (true, $"too few images to tell, and by estimate no more than half {limit}"),
                _ => (false, $"too few images to tell, and by estimate more than half {limit}"),
            },
        };
    }
}

/// <summary>As <see cref="BrierRule"/>, against the best version ever promoted and with twice the margin: the best of many was lucky, too.</summary>
/// <param name="margin">How much the Brier score may rise against the champion.</param>
/// <param name="whenUndecided">What to do where there are too few images to tell.</param>
internal sealed class BestVersionRule(double margin, Undecided whenUndecided) : IAcceptanceRule
{
    private const double MoreThanOfChampion = 2;

    public string Id => "best";

    public IEnumerable<RuleResult> Judge(ModelComparison comparison)
    {
        if (comparison is not { Best: { Champion.Images: > 0 } best, BestVersion: { } version })
        {
            yield break;
        }

        ModelComparison.Difference change = best.BrierChange;
        (bool holds, string why) = BrierRule.Judge(change, MoreThanOfChampion * margin, whenUndecided);
        yield return new RuleResult(Id, holds, change.Mean, MoreThanOfChampion * margin, FormattableString.Invariant(
            $"against the best version so far, {version}, the Brier score goes from {best.ChampionBrier:F3} to {best.ChallengerBrier:F3}, by {change}: {why}"));
    }
}
