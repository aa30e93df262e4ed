using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using InceptionMl.Cli.Tests.Verbs;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Privacy;

/// <summary>ONNX Runtime keeps a device id in the user's cache and reports to Microsoft, unless it is told not to before it starts.</summary>
[Trait("Category", "Slow")]
public sealed partial class TelemetryTests(TrainedDemo demo)
{
    private static string ToolAssembly => Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll");

    private static string Image => TrainedDemo.TestImages[0];

    private string[] Command(string verb, TemporaryFolder folder) => verb switch
    {
        "train" => ["train", SmallSet(folder), "--out", folder.At("m.zip"), "--cache", "none"],
        "evaluate" => ["evaluate", demo.Model, Path.Combine(TrainedDemo.Images, "test"), "--cache", "none"],
        "score" => ["score", demo.Model, Image],
        "explain" => ["explain", demo.Model, Image, "--out", folder.At("heat.png")],
        "export" => ["export", demo.Model, "--onnx", folder.At("m.onnx")],
        "retrain" => ["retrain", Pipeline(folder)],
        "backbones import" =>
        [
            "backbones", "import", Workspace.At("tests", "InceptionMl.Networks.Tests", "TensorFlow", "Goldens", "classify_image.pb"), "--store", folder.At("store"),
        ],
        "featurize" => ["featurize", SmallSet(folder), "--out", folder.At("f.csv"), "--cache", "none"],
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    private static string Pipeline(TemporaryFolder folder) => folder.Write("p.json", Encoding.UTF8.GetBytes($$"""
        {"formatVersion": 1, "data": [{"path": {{JsonSerializer.Serialize(SmallSet(folder))}}}], "split": {"validation": 0.2, "test": 0.4},
         "backbone": {"model": "inception-compact"}, "registry": "registry", "cache": "cache"}
        """));

    private static string SmallSet(TemporaryFolder folder)
    {
        foreach (string image in TrainedDemo.TestImages.Where((_, i) => i % 20 < 5))
        {
            folder.Write($"set/{Path.GetFileName(Path.GetDirectoryName(image))}/{Path.GetFileName(image)}", File.ReadAllBytes(image));
        }

        return folder.At("set");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("score")]
    [InlineData("explain")]
    [InlineData("export")]
    [InlineData("featurize")]
    [InlineData("retrain")]
    [InlineData("backbones import")]
    public async Task A_run_of_the_tool_leaves_no_trace_at_home_and_talks_to_nobody(string verb)
    {
        using TemporaryFolder folder = new();
        using WatchedProcess process = WatchedProcess.Start([ToolAssembly, .. Command(verb, folder)]);

        ToolRun run = await process.EndAsync();

        Assert.True(run.Status == ExitStatus.Done, run.Error);
        process.AssertKeptToItself();
    }

    [Fact]
    public async Task A_backbone_that_is_imported_is_tried_without_a_trace_at_home()
    {
        using TemporaryFolder folder = new();
        ToolRun exported = await Tool.RunAsync("export", demo.Model, "--onnx", folder.At("mine.onnx"));
        Assert.Equal(ExitStatus.Done, exported.Status);
        using WatchedProcess process = WatchedProcess.Start(
            ToolAssembly, "train", SmallSet(folder), "--backbone", folder.At("mine.onnx"), "--input-size", "128x128", "--offset", "0", "--scale", "1",
            "--channels", "RGB", "--out", folder.At("m.zip"), "--cache", "none");

        ToolRun run = await process.EndAsync();

        Assert.True(run.Status == ExitStatus.Done, run.Error);
        process.AssertKeptToItself();
    }

    [Fact]
    public async Task Images_are_classified_without_a_trace_at_home()
    {
        using SmallClassifier small = new();
        string names = small.Folder.Write("index.json", SmallClassifier.Index());
        using WatchedProcess process = WatchedProcess.Start(
            ToolAssembly, "classify", small.Picture("a.png", 1), "--backbone", small.Onnx, "--classes", names, "--store", small.Folder.At("store"), "--json");

        ToolRun run = await process.EndAsync();

        Assert.True(run.Status == ExitStatus.Done, run.Error);
        Assert.Single(run.Json);
        process.AssertKeptToItself();
    }

    [Fact]
    public async Task The_service_leaves_no_trace_at_home_and_talks_to_nobody_but_its_clients()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGTERM");
        using WatchedProcess process = WatchedProcess.Start(ToolAssembly, "serve", demo.Model, "--urls", "http://127.0.0.1:0");
        string address = Address().Match(await process.Process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? string.Empty).Value;
        using (HttpClient client = new())
        using (ByteArrayContent image = new(await File.ReadAllBytesAsync(Image, TestContext.Current.CancellationToken)))
        {
            image.Headers.ContentType = new("image/jpeg");
            using HttpResponseMessage answer = await client.PostAsync(address + "/score", image, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using (Process kill = Process.Start("kill", ["-TERM", process.ProgramId]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.EndAsync();
        process.AssertKeptToItself();
    }

    [Fact]
    public async Task Without_a_home_nothing_is_said_of_telemetry()
    {
        using WatchedProcess process = WatchedProcess.StartWithoutHome(ToolAssembly, "score", demo.Model, Image, "--json");

        ToolRun run = await process.EndAsync();

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.DoesNotContain("elemetry", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Json);
    }

    [Fact]
    public async Task A_program_with_plain_ML_NET_that_sets_the_variable_natively_leaves_no_trace_at_home()
    {
        using WatchedProcess process = WatchedProcess.Start(PlainMlNetTests.ConsumerAssembly, demo.Model);
        await process.Process.StandardInput.WriteLineAsync(Image);

        ToolRun run = await process.EndAsync();

        Assert.Equal(0, run.Status);
        Assert.Single(run.Json);
        process.AssertKeptToItself();
    }

    /// <summary>What the other tests look for is there when the switch is left out, so they can fail.</summary>
    [Fact]
    public async Task An_application_that_allows_it_gets_the_telemetry()
    {
        using TemporaryFolder folder = new();
        JsonNode configuration = JsonNode.Parse(await File.ReadAllBytesAsync(
            Path.ChangeExtension(ToolAssembly, ".runtimeconfig.json"), TestContext.Current.CancellationToken))!;
        configuration["runtimeOptions"]!["configProperties"]![OnnxRuntimeTelemetry.AllowSwitch] = true;
        string allowed = folder.At("allowed.runtimeconfig.json");
        await File.WriteAllTextAsync(allowed, configuration.ToJsonString(), TestContext.Current.CancellationToken);
        using WatchedProcess process = WatchedProcess.StartCutOffOrSkip("exec", "--runtimeconfig", allowed, ToolAssembly, "score", demo.Model, Image);

        ToolRun run = await process.EndAsync();

        Assert.True(run.Status == ExitStatus.Done, run.Error);
        Assert.Contains(process.FilesAtHome(), file => Path.GetFileName(file) == "deviceid");
    }

    [Fact]
    public void Wherever_ONNX_Runtime_may_start_its_telemetry_is_switched_off_first()
    {
        string[] starters = [.. Directory.EnumerateFiles(Workspace.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Where(file => StartsOnnxRuntime().IsMatch(File.ReadAllText(file)))];

        Assert.NotEmpty(starters);
        Assert.All(starters, file => Assert.Contains("OnnxRuntimeTelemetry.Disable();", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"using SessionOptions|\.ApplyOnnxModel\(|OrtEnv\.|= \w+\.Model\.Load\(|new InferenceSession\(|InferenceSession \w+ = new")]
    private static partial Regex StartsOnnxRuntime();

    [GeneratedRegex(@"http://127\.0\.0\.1:[0-9]+")]
    private static partial Regex Address();
}
