namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>
/// No class with enough test images loses recall by more than chance: an exact test on the images of each class that one model has right and the other wrong
/// (McNemar 1947, one-sided), corrected for the number of classes (Holm 1979).
/// </summary>
internal sealed class RecallRule(double level, int minTestImages) : IAcceptanceRule
{
    public string Id => "recall";

    public IEnumerable<RuleResult> Judge(ModelComparison comparison)
    {
        ILookup<string, ModelComparison.PairedPrediction> differences = comparison.Differences.ToLookup(pair => pair.Label, StringComparer.Ordinal);
        var classes = comparison.Champion.PerClass.Zip(comparison.Challenger.PerClass)
            .Where(of => of.First.Support >= Math.Max(1, minTestImages))
            .Select(of => (
                Before: of.First,
                After: of.Second,
                P: McNemar.PValueOfLoss(differences[of.First.Label].Count(pair => pair.ChampionIsRight), differences[of.First.Label].Count(pair => pair.ChallengerIsRight))))
            .OrderBy(of => of.P)
            .ThenBy(of => of.Before.Label, StringComparer.Ordinal)
            .ToArray();

        // Holm: the smallest p-value against the level by the number of classes, the next by one fewer, until one holds.
        int lost = classes.TakeWhile((of, place) => of.P < level / (classes.Length - place)).Count();
        foreach (var (before, after, p) in classes.Take(lost))
        {
            yield return new RuleResult(Id, Holds: false, p, level / classes.Length, FormattableString.Invariant(
                $"class {before.Label} loses recall, from {100 * before.Recall:F1} to {100 * after.Recall:F1} % of {before.Support} test images, by more than chance (exact test: p = {p:G2}, of {classes.Length} classes)"))
            {
                Label = before.Label,
            };
        }

        if (lost == 0)
        {
            yield return new RuleResult(Id, Holds: true, classes.Length == 0 ? null : classes[0].P, level / Math.Max(1, classes.Length), FormattableString.Invariant(
                $"no class of at least {minTestImages} test images loses recall by more than chance"));
        }
    }
}
