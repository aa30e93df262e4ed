using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Settings;

public sealed class PipelineTrainingTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_label_of_weight_pulls_the_head_to_it_and_one_that_no_image_has_is_refused()
    {
        using TemporaryFolder folder = new();
        async Task<TrainResult> Train(string label) => await new ImageTrainer(new TrainingSettings { Data = [TrainedDemo.Images], Heads = new HeadSettings { Try = [HeadKind.Lbfgs], L2 = [1] }, ClassWeights = new ClassWeightSettings { ByLabel = [new ClassWeightSettings.LabelWeight(label, 1000)] }, Cache = demo.Cache }).TrainAsync(folder.At("m.zip"), cancellationToken: Stop);

        TrainResult heavy = await Train("screw");
        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() => Train("scrw"));

        Assert.True(heavy.Test.PerClass.Single(c => c.Label == "screw").Recall > demo.Result.Test.PerClass.Single(c => c.Label == "screw").Recall);
        Assert.InRange(heavy.L2, 0, 10);
        Assert.Contains("'scrw'", refused.Message, StringComparison.Ordinal);
    }
}
