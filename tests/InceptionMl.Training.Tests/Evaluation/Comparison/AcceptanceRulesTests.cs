using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Tests.Evaluation.Comparison;

public sealed class AcceptanceRulesTests
{
    private static readonly string[] Labels = ["a", "b"];

    [Fact]
    public void A_challenger_as_good_as_the_champion_is_accepted() => Assert.True(Judge([.. Right("a", 30), .. Right("b", 30)]).IsAccepted);

    [Fact]
    public void A_few_images_more_wrong_are_no_significant_loss()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 200), .. Lost("a", 5), .. Right("b", 200)]);

        Assert.True(verdict.IsAccepted);
        Assert.Contains("no significant loss", verdict.Deciding[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_significant_loss_keeps_the_champion()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 400), .. Lost("a", 6), .. Right("b", 400)]);

        Assert.False(verdict.IsAccepted);
        Assert.Contains("0 newly right and 6 newly wrong of 806", Assert.Single(verdict.Deciding).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_significant_gain_is_accepted() => Assert.True(Judge([.. Right("a", 100), .. Won("a", 40), .. Right("b", 100)]).IsAccepted);

    [Theory]
    [InlineData(19, 1, true)]
    [InlineData(18, 2, false)]
    public void A_class_may_lose_five_points_of_recall_and_no_more(int kept, int lost, bool accepted)
    {
        AcceptanceDecision verdict = Judge([.. Right("a", kept), .. Lost("a", lost), .. Right("b", 40), .. Won("b", lost)]);

        Assert.Equal(accepted, verdict.IsAccepted);
    }

    [Fact]
    public void A_class_with_few_test_images_is_not_held_to_its_recall() =>
        Assert.True(Judge([.. Right("a", 17), .. Lost("a", 2), .. Right("b", 40), .. Won("b", 2)]).IsAccepted);

    [Fact]
    public void A_class_that_loses_recall_is_named()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 18), .. Lost("a", 2), .. Right("b", 40), .. Won("b", 2)]);

        Assert.Contains("class a loses 10.0 points of recall, from 100.0 to 90.0 %", Assert.Single(verdict.Deciding).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_carries_its_rule_its_figure_and_its_limit()
    {
        AcceptanceDecision verdict = Judge([.. Right("a", 18), .. Lost("a", 2), .. Right("b", 40), .. Won("b", 2)]);

        Assert.Equal(["overall", "recall", "calibration"], verdict.Results.Select(result => result.RuleId));
        RuleResult recall = Assert.Single(verdict.Deciding);
        Assert.Equal(("recall", "a", false, 0.05), (recall.RuleId, recall.Label, recall.Holds, recall.Limit));
        Assert.Equal(0.1, recall.Value!.Value, 9);
    }

    [Theory]
    [InlineData(0.985, true)]
    [InlineData(0.97, false)]
    public void The_calibration_error_may_rise_by_two_hundredths(double sureness, bool accepted) =>
        Assert.Equal(accepted, Judge([.. Right("a", 30, sureness), .. Right("b", 30, sureness)]).IsAccepted);

    [Fact]
    public void A_rule_that_is_switched_off_is_not_applied()
    {
        AcceptanceSettings none = new() { Significance = null, MaxRecallLoss = null, MaxEceIncrease = null };

        Assert.Empty(none.ToRules());
        Assert.True(AcceptanceDecision.Judge(none.ToRules(), Compare([.. Lost("a", 50), .. Right("b", 5)])).IsAccepted);
        AcceptanceDecision untested = AcceptanceDecision.Judge(none.ToRules(), Compare([]));
        Assert.Equal((true, "no-rules"), (untested.IsAccepted, Assert.Single(untested.Deciding).RuleId));
    }

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
    };

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
