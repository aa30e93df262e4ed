using System.Text.Json;
using InceptionMl.TestSupport;
using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class ExportVerbTests(TrainedDemo demo)
{
    [Fact]
    public async Task A_model_becomes_one_onnx_file_and_the_json_says_what_it_takes_and_gives()
    {
        using TemporaryFolder folder = new();
        string onnx = folder.At("model.onnx");

        ToolRun run = await Tool.RunAsync("export", demo.Model, "--onnx", onnx, "--json");

        Assert.Equal((ExitStatus.Done, string.Empty), (run.Status, run.Error));
        JsonElement json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(onnx, json.GetProperty("onnx").GetString());
        Assert.Equal(demo.Result.Classes, json.GetProperty("classes").EnumerateArray().Select(c => c.GetString()!));
        Assert.Equal(new FileInfo(onnx).Length, json.GetProperty("bytes").GetInt64());
    }

    [Fact]
    public async Task On_a_terminal_it_shows_that_it_works()
    {
        using TemporaryFolder folder = new();
        using TestConsole console = new TestConsole().Width(160).Interactive();
        CommandContext context = Tool.Context() with { Interactive = true, ErrorConsole = console };

        int export = await CommandLine.RunAsync(["export", demo.Model, "--onnx", folder.At("[m].onnx")], context);
        int explain = await CommandLine.RunAsync(["explain", demo.Model, TrainedDemo.TestImages[0], "--out", folder.At("heat.png")], context);

        Assert.Equal((ExitStatus.Done, ExitStatus.Done), (export, explain));
        Assert.Contains($"writing {folder.At("[m].onnx")}", console.Output, StringComparison.Ordinal);
        Assert.Contains($"explaining {TrainedDemo.TestImages[0]}", console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_json_one_line_names_the_tensors()
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("export", demo.Model, "--onnx", folder.At("model.onnx"));

        Assert.Contains("to probabilities [N, 6] and features [N, 1576]", Assert.Single(run.Output.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
