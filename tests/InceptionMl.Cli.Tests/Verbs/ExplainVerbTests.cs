using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class ExplainVerbTests(TrainedDemo demo)
{
    private static byte[] PngSignature => [0x89, 0x50, 0x4E, 0x47];

    [Fact]
    public async Task An_overlay_is_written_and_the_json_holds_the_grid_and_its_label()
    {
        using TemporaryFolder folder = new();
        string image = TrainedDemo.TestImages[0];
        string heat = folder.At("new", "heat.png");

        ToolRun run = await Tool.RunAsync("explain", demo.Model, image, "--out", heat, "--label", "nut", "--json");

        Assert.Equal((ExitStatus.Done, string.Empty), (run.Status, run.Error));
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal("nut", json.GetProperty("label").GetString());
        Assert.Equal(image, json.GetProperty("path").GetString());
        Assert.Equal("class activation map", json.GetProperty("method").GetString());
        double[] cells = [.. json.GetProperty("grid").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(cell => cell.GetDouble())];
        Assert.Equal(json.GetProperty("logit").GetDouble(), cells.Average() + json.GetProperty("bias").GetDouble(), 1e-3);
        Assert.Equal(PngSignature, (await File.ReadAllBytesAsync(heat, TestContext.Current.CancellationToken))[..4]);
    }

    [Fact]
    public async Task Without_json_one_line_says_what_was_explained_and_how()
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("explain", demo.Model, TrainedDemo.TestImages[0], "--out", folder.At("heat.png"));

        Assert.Contains("by class activation map", Assert.Single(run.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_explained_is_one_sentence_and_leaves_what_was_there()
    {
        using TemporaryFolder folder = new();
        string heat = folder.Write("heat.png", "mine"u8.ToArray());

        ToolRun label = await Tool.RunAsync("explain", demo.Model, TrainedDemo.TestImages[0], "--out", heat, "--label", "nutt");
        ToolRun image = await Tool.RunAsync("explain", demo.Model, folder.At("none.jpg"), "--out", heat);

        Assert.Equal((ExitStatus.Failed, ExitStatus.Failed), (label.Status, image.Status));
        Assert.StartsWith("The model has no label 'nutt'; the nearest are 'nut', ", label.Error, StringComparison.Ordinal);
        Assert.Contains("none.jpg does not exist", image.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Equal("mine", await File.ReadAllTextAsync(heat, TestContext.Current.CancellationToken));
    }
}
