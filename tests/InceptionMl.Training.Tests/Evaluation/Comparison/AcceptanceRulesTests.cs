using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Tests.Evaluation.Comparison;

public sealed class AcceptanceRulesTests
{
    private static readonly string[] Labels = ["a", "b"];

    [Fact]
    public void A_challenger_as_good_as_the_champion_is_accepted() => Assert.True(Judge([.. Right("a", 30), .. Right("b", 30)]).IsAccepted);

    [Fact]
    public void A_few_images_more_wrong_are_no_loss_beyond_the_margin()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 200), .. Lost("a", 3), .. Right("b", 200)]);

        Assert.True(verdict.IsAccepted);
        Assert.Contains("no loss beyond the margin of 0.04", verdict.Deciding[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_significant_loss_of_accuracy_keeps_the_champion()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 400), .. Lost("a", 6), .. Right("b", 400)]);

        Assert.False(verdict.IsAccepted);
        Assert.Contains("0 newly right and 6 newly wrong of 806", Assert.Single(verdict.Deciding, rule => rule.RuleId == "overall").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_significant_gain_is_accepted() => Assert.True(Judge([.. Right("a", 100), .. Won("a", 40), .. Right("b", 100)]).IsAccepted);

    [Theory]
    [InlineData(0.01, 0.005, Undecided.Estimate, true)]
    [InlineData(0.03, 0.005, Undecided.Promote, false)]
    [InlineData(0.015, 0.02, Undecided.Estimate, true)]
    [InlineData(0.025, 0.02, Undecided.Estimate, false)]
    [InlineData(0.025, 0.02, Undecided.Promote, true)]
    [InlineData(0.0, 0.03, Undecided.Keep, false)]
    [InlineData(-0.02, 0.01, Undecided.Keep, true)]
    [InlineData(0.05, 0.1, Undecided.Estimate, false)]
    public void The_interval_decides_and_where_it_cannot_the_settings_do(double mean, double error, Undecided whenUndecided, bool holds) =>
        Assert.Equal(holds, BrierRule.Judge(new ModelComparison.Difference(mean, error), 0.04, whenUndecided).Holds);

    [Fact]
    public void A_class_that_loses_recall_by_more_than_chance_is_named()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 30), .. Lost("a", 8), .. Right("b", 200), .. Won("b", 8)]);

        RuleResult recall = Assert.Single(verdict.Deciding);
        Assert.Equal(("recall", "a", false, 0.025), (recall.RuleId, recall.Label, recall.Holds, recall.Limit));
        Assert.Equal(1.0 / 256, recall.Value!.Value, 9);
        Assert.Contains("class a loses recall, from 100.0 to 78.9 % of 38 test images, by more than chance", recall.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_that_loses_an_image_or_two_is_no_reason() =>
        Assert.True(Judge([.. Right("a", 28), .. Lost("a", 2), .. Right("b", 40), .. Won("b", 2)]).IsAccepted);

    [Fact]
    public void A_class_with_few_test_images_is_not_held_to_its_recall() =>
        Assert.True(Judge([.. Right("a", 9), .. Lost("a", 8), .. Right("b", 400), .. Won("b", 8)]).IsAccepted);

    [Fact]
    public void The_calibration_error_decides_nothing() =>
        Assert.Equal(["brier", "overall", "recall"], Judge([.. Right("a", 30, 0.9), .. Right("b", 30, 0.9)]).Results.Select(result => result.RuleId));

    [Fact]
    public void Small_losses_that_add_up_are_seen_against_the_best_version()
    {
        ModelComparison slightly = Compare([.. Right("a", 200), .. Lost("a", 3), .. Right("b", 200)]);
        ModelComparison ofBest = Compare([.. Right("a", 170), .. Lost("a", 33), .. Right("b", 200)]);

        AcceptanceDecision alone = AcceptanceDecision.Judge(new AcceptanceSettings().ToRules(), slightly);
        AcceptanceDecision withBest = AcceptanceDecision.Judge(new AcceptanceSettings().ToRules(), slightly with { BestVersion = "0003", Best = ofBest });
        AcceptanceDecision without = AcceptanceDecision.Judge(new AcceptanceSettings { AgainstBest = false }.ToRules(), slightly with { BestVersion = "0003", Best = ofBest });

        Assert.True(alone.IsAccepted);
        Assert.StartsWith("against the best version so far, 0003,", Assert.Single(withBest.Deciding).Message, StringComparison.Ordinal);
        Assert.True(without.IsAccepted);
    }

    [Fact]
    public void What_so_few_images_cannot_show_is_known()
    {
        ModelComparison comparison = Compare([.. Right("a", 50), .. Lost("a", 2), .. Won("b", 3), .. Right("b", 45)]);

        // Hand-computed: (1.645 + 0.842) * sqrt(0.05 / 100).
        Assert.Equal(0.0556, comparison.SmallestVisibleLoss!.Value, 4);
        Assert.Equal(194, comparison.ImagesToSee(0.04));
    }

    // The rates are those of the table in the documentation, within what 400 draws allow.
    [Theory]
    [InlineData(100, 0.0, 0.85, 1.0)]
    [InlineData(100, -0.02, 0.97, 1.0)]
    [InlineData(100, 0.06, 0.0, 0.25)]
    [InlineData(400, 0.06, 0.0, 0.01)]
    public void Errors_are_as_rare_as_the_documentation_says(int images, double loss, double least, double most)
    {
        Random random = new(1);
        int accepted = Enumerable.Range(0, 400).Count(_ => Judge(SimulatedComparison.Draw(random, images, loss)).IsAccepted);

        Assert.InRange(accepted / 400.0, least, most);
    }

    [Fact]
    public void A_rule_that_is_switched_off_is_not_applied()
    {
        AcceptanceSettings none = new() { Margin = null, Level = null };

        Assert.Empty(none.ToRules());
        Assert.True(AcceptanceDecision.Judge(none.ToRules(), Compare([.. Lost("a", 50), .. Right("b", 5)])).IsAccepted);
        AcceptanceDecision untested = AcceptanceDecision.Judge(none.ToRules(), Compare([]));
        Assert.Equal((true, "no-rules"), (untested.IsAccepted, Assert.Single(untested.Deciding).RuleId));
    }

    private static AcceptanceDecision Judge(ModelComparison comparison) => AcceptanceDecision.Judge(new AcceptanceSettings().ToRules(), comparison);

    private static AcceptanceDecision Judge(IReadOnlyList<ModelComparison.PairedPrediction> pairs) => AcceptanceDecision.Judge(new AcceptanceSettings().ToRules(), Compare(pairs));

    private static IEnumerable<ModelComparison.PairedPrediction> Right(string label, int count, double challengerProbability = 1) =>
        Enumerable.Range(0, count).Select(i => new ModelComparison.PairedPrediction($"{label}{i}", label, label, 1, label, challengerProbability));

    private static IEnumerable<ModelComparison.PairedPrediction> Lost(string label, int count) =>
        Enumerable.Range(0, count).Select(i => new ModelComparison.PairedPrediction($"{label}-{i}", label, label, 1, Other(label), 0.51));

    private static IEnumerable<ModelComparison.PairedPrediction> Won(string label, int count) =>
        Enumerable.Range(0, count).Select(i => new ModelComparison.PairedPrediction($"{label}+{i}", label, Other(label), 0.51, label, 1));

    private static string Other(string label) => label == "a" ? "b" : "a";

    private static ModelComparison Compare(IReadOnlyList<ModelComparison.PairedPrediction> pairs) => new()
    {
        Champion = Metrics(pairs, pair => (pair.Champion, pair.ChampionProbability)),
        Challenger = Metrics(pairs, pair => (pair.Challenger, pair.ChallengerProbability)),
        Differences = [.. pairs.Where(pair => pair.Champion != pair.Challenger)],
        BrierChange = Change([.. pairs.Select(pair => Brier(pair.Label, pair.Challenger, pair.ChallengerProbability) - Brier(pair.Label, pair.Champion, pair.ChampionProbability))]),
    };

    // Of two classes.
    private static double Brier(string label, string given, double probability) => 2 * Math.Pow(1 - (given == label ? probability : 1 - probability), 2);

    private static ModelComparison.Difference Change(double[] changes)
    {
        if (changes.Length == 0)
        {
            return new ModelComparison.Difference(0, 0);
        }

        double mean = changes.Average();
        return new ModelComparison.Difference(mean, Math.Sqrt(changes.Sum(change => (change - mean) * (change - mean)) / (changes.Length - 1) / changes.Length));
    }

    private static ClassificationMetrics Metrics(IReadOnlyList<ModelComparison.PairedPrediction> pairs, Func<ModelComparison.PairedPrediction, (string Label, double Probability)> by)
    {
        MetricsAccumulator metrics = new(Labels);
        foreach (ModelComparison.PairedPrediction pair in pairs)
        {
            (string label, double probability) = by(pair);
            float first = (float)(label == "a" ? probability : 1 - probability);
            metrics.Add(Array.IndexOf(Labels, pair.Label), [first, 1 - first]);
        }

        return metrics.ToMetrics();
    }
}
