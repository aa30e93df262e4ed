using System.Text.Json;
using InceptionMl.Backbones;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Backbones;

/// <summary>The life of a stored backbone, through the tool.</summary>
public sealed class BackbonesVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Store => folder.At("store");

    public void Dispose() => folder.Dispose();

    private static string Graph(string file) => Workspace.At("tests", "InceptionMl.Networks.Tests", "TensorFlow", "Goldens", file);

    private Task<ToolRun> RunAsync(params string[] arguments) => Tool.RunAsync(["backbones", .. arguments, "--store", Store]);

    private Task<ToolRun> ImportRunAsync(string name, string offset = "117", string network = "inception-v1") => RunAsync(
        "import", Graph("inception5h.pb"), "--name", name, "--network", network, "--json",
        "--input-size", "32x32", "--offset", offset, "--scale", "1", "--channels", "RGB");

    private async Task<JsonElement> ImportAsync(string name)
    {
        ToolRun run = await ImportRunAsync(name);
        Assert.Equal((ExitStatus.Done, ""), (run.Status, run.Error));
        return Assert.Single(run.Json);
    }

    [Fact]
    public async Task An_imported_backbone_is_listed_shown_verified_and_removed()
    {
        JsonElement imported = await ImportAsync("mine");
        ToolRun list = await RunAsync("list", "--json");
        ToolRun show = await RunAsync("show", "mine", "--json");
        ToolRun verify = await RunAsync("verify", "--json");
        ToolRun remove = await RunAsync("remove", "mine", "--json");
        ToolRun after = await RunAsync("show", "mine");

        Assert.Equal("TensorFlow graph", imported.GetProperty("form").GetString());
        Assert.Equal("as given", imported.GetProperty("preprocessing").GetString());
        JsonElement listed = Assert.Single(list.Json, line => line.GetProperty("name").GetString() == "mine");
        Assert.Equal("stored", listed.GetProperty("state").GetString());
        Assert.Equal(32, listed.GetProperty("width").GetInt32());
        Assert.Equal(imported.GetProperty("sha256").GetString(), Assert.Single(show.Json).GetProperty("sha256").GetString());
        Assert.Equal(117, show.Json[0].GetProperty("input").GetProperty("offset")[2].GetDouble());
        Assert.True(Assert.Single(verify.Json).GetProperty("whole").GetBoolean());
        Assert.Equal("mine", Assert.Single(remove.Json).GetProperty("removed").GetString());
        Assert.Equal(ExitStatus.Failed, after.Status);
    }

    [Fact]
    public async Task The_list_holds_what_is_embedded_what_is_stored_and_what_can_be_pulled()
    {
        using MemoryStream onnx = new([1, 2, 3]);
        await new BackboneStore(Store).AddAsync(
            "googlenet-onnx", onnx, Backbone.Embedded().Card with { Sha256 = null }, TestContext.Current.CancellationToken);

        ToolRun json = await RunAsync("list", "--json");
        ToolRun table = await RunAsync("list");

        Assert.Equal(
            [("inception-compact", "embedded"), ("googlenet-onnx", "stored"), ("inception-v3", "available")],
            json.Json.Take(3).Select(line => (line.GetProperty("name").GetString(), line.GetProperty("state").GetString())));
        Assert.Single(json.Json, line => line.GetProperty("name").GetString() == "googlenet-onnx");
        Assert.All(json.Json.Skip(2), line => Assert.StartsWith("https://", line.GetProperty("address").GetString(), StringComparison.Ordinal));
        Assert.Contains("inception-v4-slim", table.Table, StringComparison.Ordinal);
        Assert.Empty(table.Output);
    }

    [Fact]
    public async Task For_people_an_import_says_what_was_cut_and_how_pictures_are_prepared()
    {
        ToolRun run = await RunAsync("import", Graph("classify_image.pb"));
        ToolRun show = await RunAsync("show", "classify_image");

        Assert.Equal((ExitStatus.Done, ""), (run.Status, run.Error));
        Assert.Contains("Pictures are prepared as the graph's own nodes do it.", run.Output, StringComparison.Ordinal);
        Assert.Contains("DecodeJpeg (DecodeJpeg)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Sub (Sub), Mul (Mul)", run.Output, StringComparison.Ordinal);
        Assert.Contains("Input 35x35 RGB, (value - 0) * 1.", show.Output, StringComparison.Ordinal);
        Assert.Contains("Imported from classify_image.pb", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_backbone_is_found_and_named()
    {
        await ImportAsync("good");
        JsonElement bad = await ImportAsync("bad");
        byte[] onnx = await File.ReadAllBytesAsync(bad.GetProperty("onnx").GetString()!, TestContext.Current.CancellationToken);
        onnx[^100] ^= 1;
        await File.WriteAllBytesAsync(bad.GetProperty("onnx").GetString()!, onnx, TestContext.Current.CancellationToken);

        ToolRun verify = await RunAsync("verify", "--json");
        ToolRun train = await Tool.RunAsync("train", TrainedDemo.Images, "--backbone", "bad", "--store", Store, "--out", folder.At("m.zip"));

        Assert.Equal(ExitStatus.Failed, verify.Status);
        Assert.Equal(
            [("bad", false), ("good", true)],
            verify.Json.Select(line => (line.GetProperty("name").GetString(), line.GetProperty("whole").GetBoolean())));
        Assert.Equal(ExitStatus.Failed, train.Status);
        Assert.Contains("SHA-256", train.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_network_with_other_preprocessing_is_refused_and_the_difference_named()
    {
        await ImportAsync("mine");

        ToolRun other = await ImportRunAsync("mine", offset: "127.5");
        ToolRun show = await RunAsync("show", "mine", "--json");

        Assert.Equal((ExitStatus.Failed, ""), (other.Status, other.Output));
        Assert.Contains("other preprocessing (offset 117, 117, 117 where 127.5, 127.5, 127.5 is wanted)", other.Error, StringComparison.Ordinal);
        Assert.Contains("--name", other.Error, StringComparison.Ordinal);
        Assert.Equal(117, show.Json[0].GetProperty("input").GetProperty("offset")[0].GetDouble());
    }

    [Fact]
    public async Task Importing_again_mends_a_damaged_backbone()
    {
        JsonElement first = await ImportAsync("mine");
        string onnx = first.GetProperty("onnx").GetString()!;
        byte[] whole = await File.ReadAllBytesAsync(onnx, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(onnx, whole[..^100], TestContext.Current.CancellationToken);

        await ImportAsync("mine");

        Assert.Equal(whole, await File.ReadAllBytesAsync(onnx, TestContext.Current.CancellationToken));
        Assert.Equal(ExitStatus.Done, (await RunAsync("verify", "mine")).Status);
    }

    [Fact]
    public async Task A_network_that_nobody_knows_is_refused_of_a_graph_too()
    {
        ToolRun run = await ImportRunAsync("mine", network: "inception-v33");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.StartsWith("'inception-v33' is no known network: known are googlenet,", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inception-v3")]
    [InlineData("Inception-V3-MLNET")]
    public async Task The_name_of_published_weights_is_theirs_alone(string name)
    {
        ToolRun run = await ImportRunAsync(name);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("is the name of published weights", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain((await RunAsync("list", "--json")).Json, line => line.GetProperty("state").GetString() == "stored");
    }

    [Fact]
    public async Task An_onnx_file_is_imported_with_the_card_beside_it()
    {
        string source = Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact");
        string onnx = folder.Write("mine.onnx", await File.ReadAllBytesAsync(source + ".onnx", TestContext.Current.CancellationToken));
        folder.Write("mine.json", await File.ReadAllBytesAsync(source + ".json", TestContext.Current.CancellationToken));

        ToolRun run = await RunAsync("import", onnx, "--json");

        Assert.Equal((ExitStatus.Done, ""), (run.Status, run.Error));
        JsonElement input = Assert.Single(run.Json).GetProperty("input");
        Assert.Equal((128, 127.5), (input.GetProperty("width").GetInt32(), input.GetProperty("offset")[0].GetDouble()));
        Assert.Equal("as mine.json says", run.Json[0].GetProperty("preprocessing").GetString());
    }

    [Theory]
    [InlineData("show")]
    [InlineData("verify")]
    [InlineData("pull")]
    public async Task The_embedded_backbone_is_said_to_be_embedded(string verb)
    {
        ToolRun run = await RunAsync(verb, "inception-compact");

        Assert.Equal((ExitStatus.Failed, ""), (run.Status, run.Output));
        Assert.Contains("inception-compact is embedded", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show mine")]
    [InlineData("verify")]
    public async Task A_store_that_is_a_file_is_one_sentence(string verb)
    {
        folder.Write("store", [1]);

        ToolRun run = await RunAsync(verb.Split(' '));

        Assert.Equal((ExitStatus.Failed, $"The store {Store} is a file: name a folder.\n"), (run.Status, run.Error.ReplaceLineEndings("\n")));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public async Task A_device_is_refused_before_it_is_opened(string device)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "devices are files on Unix only");

        ToolRun import = await RunAsync("import", device);
        ToolRun pull = await RunAsync("pull", "inception-v3-mlnet", "--from", device);

        foreach (ToolRun run in (ToolRun[])[import, pull])
        {
            Assert.Equal(ExitStatus.Failed, run.Status);
            Assert.StartsWith($"{device} holds nothing: it is empty, or a pipe or a device", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Weights_that_are_no_published_ones_are_imported_with_a_warning_that_says_how_they_are_fed()
    {
        string python = Python.WithOrSkip("torchvision");
        string script = Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", "Binding", "torchvision_weights.py");
        (int status, string output) = Python.Run(python, "-B", script, "googlenet", folder.Path);
        Assert.True(status == 0, output);

        ToolRun run = await RunAsync("import", folder.At("weights.safetensors"), "--name", "mine", "--json");

        Assert.True(run.Status == ExitStatus.Done, run.Error);
        Assert.Equal(37, Assert.Single(run.Json).GetProperty("classes").GetInt32());
        Assert.StartsWith($"warning: {folder.At("weights.safetensors")} is none of the published files", run.Error, StringComparison.Ordinal);
        Assert.Contains("as usual for torchvision googlenet (224x224 RGB, (value - 127.5) * 0.00784314, the center 87.5", run.Error, StringComparison.Ordinal);
        Assert.Contains("--input-size, --offset, --scale and --channels", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_takes_a_stored_backbone_by_its_name_and_scoring_does_without_the_store()
    {
        await ImportAsync("mine");
        foreach (string image in TrainedDemo.TestImages.Where((_, index) => index % 3 == 0))
        {
            string label = Path.GetFileName(Path.GetDirectoryName(image)!);
            folder.Write($"images/{label}/{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken));
        }

        ToolRun train = await Tool.RunAsync(
            "train", folder.At("images"), "--out", folder.At("m.zip"), "--backbone", "mine", "--store", Store, "--cache", "none", "--json");
        await RunAsync("remove", "mine");
        ToolRun score = await Tool.RunAsync("score", folder.At("m.zip"), TrainedDemo.TestImages[0], "--json");

        Assert.True(train.Status == ExitStatus.Done, train.Error);
        Assert.Equal("mine", Assert.Single(train.Json).GetProperty("backbone").GetString());
        using JsonDocument card = JsonDocument.Parse(await File.ReadAllTextAsync(folder.At("m.json"), TestContext.Current.CancellationToken));
        JsonElement input = card.RootElement.GetProperty("backbone").GetProperty("input");
        Assert.Equal((32, 117), (input.GetProperty("width").GetInt32(), input.GetProperty("offset")[0].GetInt32()));
        Assert.Equal((ExitStatus.Done, ""), (score.Status, score.Error.Contains("unreadable", StringComparison.Ordinal) ? score.Error : ""));
        Assert.NotEmpty(Assert.Single(score.Json).GetProperty("label").GetString()!);
    }
}
