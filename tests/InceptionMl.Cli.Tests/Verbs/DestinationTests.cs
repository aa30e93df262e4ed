using InceptionMl.TestSupport;
using InceptionMl.Training.Versions;

namespace InceptionMl.Cli.Tests.Verbs;

/// <summary>What a verb reads is never written over, whatever it is called by.</summary>
public sealed class DestinationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string model;
    private readonly string image;

    public DestinationTests(TrainedDemo demo)
    {
        model = folder.At("m.zip");
        image = folder.At("a.jpg");
        File.Copy(demo.Model, model);
        File.Copy(TrainedDemo.TestImages[0], image);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--format", "csv", "--resume")]
    [InlineData("--format", "parquet")]
    public async Task Scores_do_not_replace_the_model(params string[] options)
    {
        byte[] before = await File.ReadAllBytesAsync(model, Stop);

        ToolRun run = await Tool.RunAsync(["score", model, image, "--out", folder.At("sub", "..", "m.zip"), .. options]);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.EndsWith("m.zip is the model itself: name another file.", run.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(model, Stop));
        Assert.Equal([image, model], Directory.GetFileSystemEntries(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Links_to_the_model_or_to_an_input_are_seen_through()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        File.CreateSymbolicLink(folder.At("link.png"), model);
        File.CreateSymbolicLink(folder.At("image.csv"), image);
        Directory.CreateSymbolicLink(folder.At("here"), folder.Path);

        ToolRun score = await Tool.RunAsync("score", folder.At("here", "m.zip"), image, "--out", folder.At("link.png"));
        ToolRun input = await Tool.RunAsync("score", model, image, "--out", folder.At("here", "image.csv"));
        ToolRun explain = await Tool.RunAsync("explain", model, image, "--out", folder.At("link.png"));

        Assert.All([score, input, explain], run => Assert.Equal(ExitStatus.Usage, run.Status));
        Assert.Contains("is one of the inputs", input.Error, StringComparison.Ordinal);
        Assert.Contains("is the model itself", explain.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_into_the_registry_that_is_the_model()
    {
        string registry = folder.At("registry");
        using (RegistryWriter writer = await RegistryWriter.OpenAsync(registry, null, Stop))
        {
            await writer.PublishAsync(async (staged, _) =>
            {
                await SmallVersion.WriteAsync(staged);
                File.Copy(model, Path.Combine(staged, "model.zip"), overwrite: true);
            }, Stop);
        }

        await Tool.RunAsync("models", "promote", registry, "0001");
        string current = Path.Combine(registry, "current");
        string before = await File.ReadAllTextAsync(current, Stop);

        ToolRun run = await Tool.RunAsync("score", registry, image, "--out", current);
        ToolRun below = await Tool.RunAsync("score", registry, image, "--out", Path.Combine(registry, "versions", "0001", "model.zip"));

        Assert.Equal((ExitStatus.Usage, ExitStatus.Usage), (run.Status, below.Status));
        Assert.Contains($"lies in the registry {registry}: name a file outside it.", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(current, Stop));
    }

    [Fact]
    public async Task An_exported_file_and_features_replace_neither_the_model_nor_the_backbone()
    {
        string odd = folder.At("m.onnx");
        File.Move(model, odd);
        string backbone = folder.Write("b.csv", [1, 2, 3]);

        ToolRun export = await Tool.RunAsync("export", odd, "--onnx", odd);
        ToolRun features = await Tool.RunAsync("featurize", folder.Path, "--backbone", backbone, "--out", backbone);

        Assert.Equal((ExitStatus.Usage, ExitStatus.Usage), (export.Status, features.Status));
        Assert.Contains("--onnx " + odd + " is the model itself", export.Error, StringComparison.Ordinal);
        Assert.Contains("is the backbone itself", features.Error, StringComparison.Ordinal);
    }
}
