using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.TestSupport;
using InceptionMl.Training;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Heads;
using InceptionMl.Training.Pipelines;

namespace InceptionMl.Training.Tests.Pipelines;

public sealed class PipelineTrainingTests(TrainedDemo demo) : IClassFixture<TrainedDemo>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Options_go_to_a_file_and_come_back()
    {
        using TemporaryFolder folder = new();
        TrainOptions options = new()
        {
            ValidationFraction = 0.2,
            TestFraction = 0.25,
            Head = HeadKind.Sdca,
            L2Grid = [1, 0.5],
            ClassWeights = new Dictionary<string, double> { ["nut"] = 2, ["bolt"] = 0.5 },
            Folds = 5,
            TimeBudget = TimeSpan.FromSeconds(90),
            Augmentation = new AugmentationOptions { Kind = AugmentationKind.Light, Copies = 8 },
            Seed = 9,
            CacheFolder = folder.At("cache"),
        };
        string onnx = folder.Write("nets/mine.onnx", []);
        BackbonePreprocessing preprocessing = new(299, 224, [1, 2, 3], [0.5, 0.5, 1], "BGR");
        string file = folder.At("pipelines", "p.json");

        PipelineFile.Write(options.ToPipeline(file, folder.At("pictures"), folder.At("models"), onnx, preprocessing, ResizeMode.Pad), file);
        Pipeline pipeline = PipelineFile.Read(file);
        TrainOptions again = pipeline.ToTrainOptions();

        Assert.Equal((0.2, 0.25, HeadKind.Sdca, 9), (again.ValidationFraction, again.TestFraction, again.Head, again.Seed));
        Assert.Equal(options.L2Grid, again.L2Grid);
        Assert.Equal(options.ClassWeights!.OrderBy(w => w.Key), again.ClassWeights!.OrderBy(w => w.Key));
        Assert.Equal((options.Folds, options.TimeBudget, options.Augmentation), (again.Folds, again.TimeBudget, again.Augmentation));
        Assert.Equal(options.CacheFolder, again.CacheFolder);
        Assert.Equal(("../nets/mine.onnx", ResizeMode.Pad), (pipeline.Backbone.Path!.Written, pipeline.Resize));
        Assert.Equal([0.5, 0.5, 1], pipeline.Backbone.Preprocessing!.Scale);
        Assert.Equal("../models", pipeline.Registry.Written);
    }

    [Fact]
    public async Task A_label_of_weight_pulls_the_head_to_it_and_one_that_no_image_has_is_refused()
    {
        using TemporaryFolder folder = new();
        async Task<TrainResult> Train(string label) => await new ImageTrainer(Backbone.Embedded(), new TrainOptions
        {
            CacheFolder = demo.Cache,
            Head = HeadKind.Lbfgs,
            L2Grid = [1],
            ClassWeights = new Dictionary<string, double> { [label] = 1000 },
        }).TrainAsync(TrainedDemo.Images, folder.At("m.zip"), cancellationToken: Stop);

        TrainResult heavy = await Train("screw");
        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() => Train("scrw"));

        Assert.True(heavy.Test.PerClass.Single(c => c.Label == "screw").Recall > demo.Result.Test.PerClass.Single(c => c.Label == "screw").Recall);
        Assert.InRange(heavy.L2, 0, 10);
        Assert.Contains("'scrw'", refused.Message, StringComparison.Ordinal);
    }
}
