using InceptionMl.TestSupport;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli.Tests.Registry;

public sealed class ModelPathTests(TrainedDemo demo)
{
    private async Task PublishAsync(string registry)
    {
        using RegistryWriter writer = await RegistryWriter.OpenAsync(registry, null, TestContext.Current.CancellationToken);
        await writer.PublishAsync(async (staged, _) =>
        {
            await SmallVersion.WriteAsync(staged);
            File.Copy(demo.Model, Path.Combine(staged, "model.zip"), overwrite: true);
            File.Copy(demo.Result.CardPath, Path.Combine(staged, "card.json"), overwrite: true);
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Score_and_evaluate_take_a_registry_for_its_promoted_version()
    {
        using TemporaryFolder folder = new();
        string image = TrainedDemo.TestImages[0];
        await PublishAsync(folder.Path);

        ToolRun unpromoted = await Tool.RunAsync("score", folder.Path, image);
        ToolRun promote = await Tool.RunAsync("models", "promote", folder.Path, "0001");
        ToolRun registry = await Tool.RunAsync("score", folder.Path, image, "--json");
        ToolRun zip = await Tool.RunAsync("score", demo.Model, image, "--json");
        ToolRun evaluate = await Tool.RunAsync("evaluate", folder.Path, Path.Combine(TrainedDemo.Images, "test"), "--json");

        Assert.Equal(ExitStatus.Failed, unpromoted.Status);
        Assert.Contains("without a promoted version", unpromoted.Error, StringComparison.Ordinal);
        Assert.Equal((ExitStatus.Done, ExitStatus.Done, ExitStatus.Done), (promote.Status, registry.Status, evaluate.Status));
        Assert.Equal(zip.Output, registry.Output);
        Assert.Equal(120, Assert.Single(evaluate.Json).GetProperty("images").GetInt32());
    }

    [Fact]
    public async Task Explain_and_export_take_a_registry_for_its_promoted_version()
    {
        using TemporaryFolder folder = new();
        string registry = folder.At("registry");
        string image = TrainedDemo.TestImages[0];
        await PublishAsync(registry);

        ToolRun unpromoted = await Tool.RunAsync("export", registry, "--onnx", folder.At("none.onnx"));
        await Tool.RunAsync("models", "promote", registry, "1");
        ToolRun export = await Tool.RunAsync("export", registry, "--onnx", folder.At("registry.onnx"), "--json");
        ToolRun explain = await Tool.RunAsync("explain", registry, image, "--out", folder.At("registry.png"), "--json");
        await Tool.RunAsync("export", demo.Model, "--onnx", folder.At("zip.onnx"));
        await Tool.RunAsync("explain", demo.Model, image, "--out", folder.At("zip.png"));

        Assert.Equal((ExitStatus.Failed, false), (unpromoted.Status, File.Exists(folder.At("none.onnx"))));
        Assert.Contains("without a promoted version", unpromoted.Error, StringComparison.Ordinal);
        Assert.Equal((ExitStatus.Done, ""), (export.Status, export.Error));
        Assert.Equal((ExitStatus.Done, ""), (explain.Status, explain.Error));
        Assert.Equal(await BytesAsync("zip.onnx"), await BytesAsync("registry.onnx"));
        Assert.Equal(await BytesAsync("zip.png"), await BytesAsync("registry.png"));

        Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(folder.At(name), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_folder_that_is_no_registry_is_told_as_before()
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("score", folder.Path, TrainedDemo.TestImages[0]);

        Assert.Equal((ExitStatus.Failed, $"{folder.Path} is a folder: name the model's zip file.\n"), (run.Status, run.Error.ReplaceLineEndings("\n")));
    }
}
