using System.Text.Json;
using InceptionMl.Backbones;
using InceptionMl.Models;
using InceptionMl.Models.Registry;
using InceptionMl.TestSupport;
using InceptionMl.Training;

namespace InceptionMl.Cli.Tests.Backbones;

[Trait("Category", "Slow")]
public sealed class BackboneRaceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string Images => Path.Combine(TrainedDemo.Images, "test");

    [Fact]
    public async Task The_best_of_several_is_trained_and_all_are_told()
    {
        string pipeline = folder.At("race.json");

        ToolRun run = await Tool.RunAsync(
            "train", Images, "--backbone", "inception-compact@32,inception-compact@96", "--out", folder.At("m.zip"), "--cache", folder.At("cache"),
            "--save-pipeline", pipeline, "--json");

        JsonElement trained = Assert.Single(run.Json);
        Assert.Equal(["inception-compact@32", "inception-compact@96"], trained.GetProperty("race").EnumerateArray().Select(one => one.GetProperty("backbone").GetString()));
        JsonElement best = trained.GetProperty("race").EnumerateArray().MinBy(one => one.GetProperty("logLoss").GetDouble());
        Assert.Equal(best.GetProperty("backbone").GetString(), "inception-compact@" + PipelineFile.Read(pipeline).Backbone.InputSize);
        Assert.Contains("Comparing 2 backbones on", run.Error, StringComparison.Ordinal);
        ModelCard card = ModelCard.Parse(await File.ReadAllBytesAsync(folder.At("m.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["inception-compact@32", "inception-compact@96"], card.Compared!.Select(one => one.Backbone));
        Assert.Equal(trained.GetProperty("race")[0].GetProperty("logLoss").GetDouble(), card.Compared![0].LogLoss);
        Assert.Equal(1, trained.GetProperty("race").EnumerateArray().Count(one => one.GetProperty("chosen").GetBoolean()));
        Assert.Equal(3, trained.GetProperty("review").GetProperty("learningCurve").GetArrayLength());
    }

    [Fact]
    public async Task A_pipeline_that_says_auto_is_retrained_with_the_best_and_its_card_tells_of_all()
    {
        string pipeline = folder.At("auto.json");
        TrainingSettings settings = new() { Data = [Images], Backbone = new BackboneSettings { Model = BackboneSettings.BackboneModel.FromName("auto") }, Registry = folder.At("registry"), Cache = folder.At("cache") };
        PipelineFile.Write(settings, pipeline);

        ToolRun run = await Tool.RunAsync("retrain", pipeline, "--store", folder.At("store"));

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains("inception-compact is taken: right in", run.Error, StringComparison.Ordinal);
        ModelCard card = new ModelRegistry(folder.At("registry")).Current!.Card!;
        Assert.Equal("inception-compact", Assert.Single(card.Compared!).Backbone);
        Assert.Equal("auto", PipelineFile.Read(pipeline).Backbone.Model.Name);
    }

    [Fact]
    public async Task Compare_gives_a_line_for_each()
    {
        ToolRun run = await Tool.RunAsync(
            "backbones", "compare", Images, "--backbone", "inception-compact@32,inception-compact@64", "--images", "40", "--cache", folder.At("cache"), "--json");

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Equal(["inception-compact@32", "inception-compact@64"], run.Json.Select(one => one.GetProperty("backbone").GetString()));
        Assert.All(run.Json, one => Assert.InRange(one.GetProperty("accuracy").GetDouble(), one.GetProperty("accuracyLow").GetDouble(), one.GetProperty("accuracyHigh").GetDouble()));
    }

    [Fact]
    public async Task Compare_takes_all_that_are_at_hand_at_the_size_that_is_asked_for()
    {
        ToolRun run = await Tool.RunAsync(
            "backbones", "compare", Images, "--input-size", "32", "--store", folder.At("store"), "--images", "40", "--cache", folder.At("cache"), "--json");

        Assert.Equal("inception-compact@32", Assert.Single(run.Json).GetProperty("backbone").GetString());
    }

    [Theory]
    [InlineData("a,,b", "empty or comes twice")]
    [InlineData("a,a", "empty or comes twice")]
    [InlineData("auto,inception-compact", "names auto")]
    [InlineData("inception-compact@x,inception-compact", "input size of --backbone inception-compact@x")]
    public async Task Names_that_make_no_race_are_refused(string backbones, string why)
    {
        ToolRun run = await Tool.RunAsync("train", Images, "--backbone", backbones, "--out", folder.At("m.zip"));

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("m.zip")));
    }

    [Fact]
    public void ResNet_18_comes_with_the_tool_and_is_edited_in_memory()
    {
        Backbone backbone = Backbone.Open(ResNet18.Name, new BackboneOptions { Packaged = [ResNet18.Backbone] });

        Assert.Equal([128, 256, 512, 512], backbone.Card.Outputs.Features.Sources!.Select(source => source.Width));
        Assert.Equal((224, 224, "BGR"), (backbone.Preprocessing.Width, backbone.Preprocessing.Height, backbone.Card.Input.Channels));
        Assert.Equal(512, Backbone.Open(ResNet18.Name, new BackboneOptions { Packaged = [ResNet18.Backbone], Features = FeatureSelection.Last }).Card.Outputs.Features.Width);
    }

    [Fact]
    public void A_package_whose_network_is_another_or_is_missing_says_so()
    {
        PackagedBackbone other = ResNet18.Backbone with { Sha256 = new string('0', 64) };
        PackagedBackbone missing = ResNet18.Backbone with { OnnxPath = folder.At("none.onnx") };

        Assert.Contains("is not the one its package brings", Refusal(other), StringComparison.Ordinal);
        Assert.Contains("none.onnx", Refusal(missing), StringComparison.Ordinal);

        static string Refusal(PackagedBackbone packaged) =>
            Assert.Throws<BackboneException>(() => Backbone.Open(ResNet18.Name, new BackboneOptions { Packaged = [packaged] })).Message;
    }
}
