using System.Text.Json;
using InceptionMl.TestSupport;
using InceptionMl.Training;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class SavePipelineTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_saved_pipeline_repeats_the_training()
    {
        using TemporaryFolder folder = new();
        string file = folder.At("pipelines", "mine.json");

        ToolRun run = await Tool.RunAsync(
            "train", TrainedDemo.Images, "--out", folder.At("m.zip"), "--cache", demo.Cache, "--validation", "0.2", "--head", "lbfgs", "--balance", "weights",
            "--seed", "5", "--resize", "pad", "--save-pipeline", file, "--json");
        TrainingSettings pipeline = PipelineFile.Read(file);
        TrainResult again = await new ImageTrainer(pipeline)
            .TrainAsync(folder.At("again.zip"), cancellationToken: Stop);

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains(file, run.Error, StringComparison.Ordinal);
        JsonElement result = Assert.Single(run.Json);
        Assert.Equal(result.GetProperty("images").GetProperty("validation").GetInt32(), again.Images.Validation);
        Assert.Equal(result.GetProperty("head").GetProperty("l2").GetDouble(), again.L2);
        Assert.Equal(result.GetProperty("test").GetProperty("accuracy").GetDouble(), again.Test.Accuracy);
        Assert.Equal(result.GetProperty("test").GetProperty("logLoss").GetDouble(), again.Test.LogLoss);
        Assert.Equal(480, again.CacheHits);
        Assert.DoesNotContain(folder.Path, await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
        Assert.Equal(Path.GetFullPath(Path.Combine("artifacts", "mine")), pipeline.Registry!.Full);
        Assert.Equal(PipelineFile.Schema, await File.ReadAllTextAsync(folder.At("pipelines", PipelineFile.SchemaName), Stop));
    }

    [Fact]
    public async Task What_is_no_pipeline_is_not_replaced_unasked_and_nothing_is_trained_for_it()
    {
        using TemporaryFolder folder = new();
        string foreign = folder.Write("package.json", "{\"mine\":1}"u8.ToArray());
        string[] line = ["train", TrainedDemo.Images, "--out", folder.At("m.zip"), "--cache", demo.Cache, "--save-pipeline", foreign];

        ToolRun refused = await Tool.RunAsync(line);
        string after = await File.ReadAllTextAsync(foreign, Stop);
        bool trained = File.Exists(folder.At("m.zip"));
        ToolRun forced = await Tool.RunAsync([.. line, "--force"]);

        Assert.Equal((ExitStatus.Failed, ExitStatus.Done), (refused.Status, forced.Status));
        Assert.Contains($"{foreign} is there already", refused.Error, StringComparison.Ordinal);
        Assert.Equal("{\"mine\":1}", after);
        Assert.False(trained);
        Assert.Equal(TrainedDemo.Images, Assert.Single(PipelineFile.Read(foreign).Data).Path.Full);
    }

    [Fact]
    public async Task Where_training_fails_no_pipeline_is_left()
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("train", folder.At("nothing"), "--out", folder.At("m.zip"), "--save-pipeline", folder.At("p.json"));

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }
}
