using InceptionMl.TestSupport;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

public sealed class OwnAcceptanceRuleTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Theory]
    [InlineData(24, true)]
    [InlineData(500, false)]
    public async Task A_rule_of_ones_own_decides_beside_those_of_the_pipeline(int least, bool promoted)
    {
        scene.AddClasses(2, 40);
        await scene.RetrainAsync(cancellationToken: Stop);
        scene.Add("images/red", 3, color: 0);
        TrainingSettings pipeline = PipelineFile.Read(scene.PipelinePath);

        RetrainResult result = await scene.RetrainAsync(
            new RetrainOptions { Rules = [.. pipeline.Acceptance.ToRules(), new TestSizeRule(least)] }, Stop);

        Assert.Equal(["brier", "overall", "recall", "test-size"], result.Rules.Select(rule => rule.RuleId));
        RuleResult own = result.Rules[^1];
        Assert.Equal((promoted, (double?)least), (own.Holds, own.Limit));
        Assert.Equal((promoted, promoted ? "0002" : "0001"), (result.Promoted, scene.Registry.CurrentName));
    }

    [Fact]
    public async Task Without_any_rule_every_challenger_is_promoted()
    {
        scene.AddClasses(2, 12);
        await scene.RetrainAsync(cancellationToken: Stop);

        RetrainResult result = await scene.RetrainAsync(new RetrainOptions { Rules = [], Force = true }, Stop);

        Assert.Equal((true, "no-rules"), (result.Promoted, Assert.Single(result.Rules).RuleId));
    }

    private sealed class TestSizeRule(int least) : IAcceptanceRule
    {
        public string Id => "test-size";

        public IEnumerable<RuleResult> Judge(ModelComparison comparison)
        {
            int images = comparison.Challenger.Images;
            yield return new RuleResult(Id, images >= least, images, least, $"there are {images} test images, and {least} are required");
        }
    }
}
