using System.Globalization;
using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class MainJobTests(TrainedDemo demo)
{
    private static string[] Names(JsonElement value) => [.. value.EnumerateObject().Select(p => p.Name)];

    [Fact]
    public async Task Train_writes_one_object_with_the_promised_names_and_the_model_with_its_card()
    {
        using TemporaryFolder folder = new();
        string model = folder.At("spaced name [ü].zip");

        ToolRun run = await Tool.RunAsync("train", TrainedDemo.Images, "--out", model, "--cache", demo.Cache, "--json");

        Assert.Equal(ExitStatus.Done, run.Status);
        JsonElement result = Assert.Single(run.Json);
        string[] promised = ["model", "backbone", "classes", "images", "head", "validation", "test", "seconds", "cache", "problems"];
        Assert.Equal(promised, Names(result).Intersect(promised));
        Assert.Equal(model, result.GetProperty("model").GetString());
        Assert.Equal("inception-compact", result.GetProperty("backbone").GetString());
        Assert.Equal(["bolt", "nut", "rivet", "screw", "split-pin", "washer"], result.GetProperty("classes").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(480, result.GetProperty("cache").GetProperty("hits").GetInt32());
        Assert.Equal(["accuracy", "macroF1", "logLoss", "ece", "eceByChance", "classwiseEce", "classwiseEceByChance"], Names(result.GetProperty("test")));
        Assert.True(File.Exists(model) && File.Exists(folder.At("spaced name [ü].json")));
    }

    [Fact]
    public async Task Train_for_people_names_the_classes_the_figures_and_the_model()
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("train", TrainedDemo.Images, "--out", folder.At("m.zip"), "--cache", demo.Cache, "--balance", "weights", "--head", "lbfgs");

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains("6 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("m.zip", run.Output, StringComparison.Ordinal);
        Assert.Contains("split-pin", run.Table, StringComparison.Ordinal);
        Assert.Contains("14 tried", run.Table, StringComparison.Ordinal);
        Assert.Contains("chosen by cross-validation", run.Table, StringComparison.Ordinal);
        Assert.Contains("penalty was chosen with the validation images", run.Output, StringComparison.Ordinal);
        Assert.Contains("480 of 480 images", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_writes_one_object_with_the_promised_names()
    {
        ToolRun run = await Tool.RunAsync("evaluate", demo.Model, Path.Combine(TrainedDemo.Images, "test"), "--cache", demo.Cache, "--format", "json");

        Assert.Equal(ExitStatus.Done, run.Status);
        JsonElement result = Assert.Single(run.Json);
        Assert.Equal(
            ["images", "trained", "accuracy", "macroF1", "logLoss", "ece", "confidence", "classwise", "top5", "labels", "confusion", "perClass", "mistakes", "intervals", "suggestions", "unreadable", "warnings", "diagnostics"],
            Names(result));
        Assert.Equal(120, result.GetProperty("images").GetInt32());
        Assert.Equal(20, result.GetProperty("confusion")[0].EnumerateArray().Sum(n => n.GetInt32()));
        Assert.Equal(["label", "precision", "recall", "f1", "support", "recallLow", "recallHigh"], Names(result.GetProperty("perClass")[0]));
    }

    [Fact]
    public async Task Evaluating_images_that_were_trained_on_misleads_nobody()
    {
        string images = Path.Combine(TrainedDemo.Images, "train");

        ToolRun run = await Tool.RunAsync("evaluate", demo.Model, images, "--cache", demo.Cache);
        ToolRun included = await Tool.RunAsync("evaluate", demo.Model, images, "--cache", demo.Cache, "--include-trained", "--json");

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains("All 360 of these images were trained on", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Done, included.Status);
        Assert.Equal(360, Assert.Single(included.Json).GetProperty("images").GetInt32());
        Assert.True(included.Json[0].GetProperty("trainedFigures").GetProperty("included").GetBoolean());
        Assert.Contains("too good for new images", included.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_writes_a_table_to_fill_in_and_names_what_it_passed_over()
    {
        using TemporaryFolder folder = new();
        string[] line = ["suggest", demo.Model, TrainedDemo.Images, "--cache", demo.Cache, "--count", "7", "--out", folder.At("next.csv")];

        ToolRun table = await Tool.RunAsync(line);
        ToolRun json = await Tool.RunAsync([.. line, "--json"]);
        string[] lines = await File.ReadAllLinesAsync(folder.At("next.csv"), TestContext.Current.CancellationToken);

        Assert.Equal((ExitStatus.Done, ExitStatus.Done), (table.Status, json.Status));
        Assert.Contains("7 of 120 images are worth a label first; 360 more were trained on already.", table.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(7, json.Json.Length);
        Assert.All(json.Json, one => Assert.Equal(["path", "predicted", "probability", "margin", "reason"], Names(one)));
        Assert.All(json.Json, one => Assert.Contains(one.GetProperty("reason").GetString(), (string[])["uncertain", "different", "typical"]));
        Assert.Equal(("path,label,looks_like,probability,margin,reason", 8), (lines[0], lines.Length));
        Assert.All(lines.Skip(1), row => Assert.Matches(@"^[^,]+\.jpg,,[a-z-]+,[01]\.\d{4},[01]\.\d{4},(uncertain|different|typical)$", row));
        Assert.True(File.Exists(folder.At("next.html")));
    }

    [Fact]
    public async Task Scoring_makes_a_cache_where_one_is_named_and_nowhere_else()
    {
        using TemporaryFolder folder = new();
        string image = TrainedDemo.TestImages[0];

        ToolRun cold = await Tool.RunAsync("score", demo.Model, image, "--json", "--cache", folder.At("cache"));
        ToolRun warm = await Tool.RunAsync("score", demo.Model, image, "--json", "--cache", folder.At("cache"));
        ToolRun none = await Tool.RunAsync("score", demo.Model, image, "--json", "--cache", "none");

        Assert.Equal([cold.Output, cold.Output], [warm.Output, none.Output]);
        Assert.Equal(["cache"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public async Task Evaluating_images_none_of_which_can_be_read_says_so_and_not_0_images_right(string format)
    {
        using TemporaryFolder folder = new();
        folder.Write("set/nut/1.png", [0x89, 0x50, 0x4E, 0x47]);
        folder.Write("set/bolt/2.png", []);

        ToolRun run = await Tool.RunAsync("evaluate", demo.Model, folder.At("set"), "--format", format);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("None of the 2 images can be read", run.Error, StringComparison.Ordinal);
        Assert.Contains("1.png", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0 images", run.Output, StringComparison.Ordinal);
        Assert.Equal(format == "json" ? 1 : 0, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Score_gives_a_line_an_image_in_the_order_of_the_inputs_and_paths_as_given()
    {
        string folder = Path.Combine(TrainedDemo.Images, "test", "nut");
        string image = TrainedDemo.TestImages[0];

        ToolRun run = await Tool.RunWithInputAsync($"{image}\n/no/such.jpg\n", "score", demo.Model, folder, "-", "--json", "--top", "2");

        Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
        JsonElement[] lines = run.Json;
        Assert.Equal(22, lines.Length);
        Assert.All(lines[..20], line => Assert.StartsWith(folder + "/", line.GetProperty("path").GetString(), StringComparison.Ordinal));
        Assert.Equal(image, lines[20].GetProperty("path").GetString());
        Assert.Equal(["path", "label", "probability", "outcome", "scores"], Names(lines[20]));
        Assert.Equal(2, Names(lines[20].GetProperty("scores")).Length);
        Assert.Equal(["path", "error"], Names(lines[21]));
    }

    [Fact]
    public async Task Score_as_csv_has_a_column_a_label_and_a_file_appears_whole()
    {
        using TemporaryFolder folder = new();
        string output = folder.At("scores.csv");

        ToolRun run = await Tool.RunAsync("score", demo.Model, TrainedDemo.TestImages[0], "--format", "csv", "--out", output);

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Empty(run.Output);
        string[] lines = await File.ReadAllLinesAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal("path,label,probability,outcome,error,bolt,nut,rivet,screw,split-pin,washer", lines[0]);
        Assert.Equal(1, lines[1].Split(',')[5..].Sum(p => double.Parse(p, CultureInfo.InvariantCulture)), 1e-5);
    }

    [Fact]
    public async Task Score_for_people_shows_the_best_labels()
    {
        ToolRun run = await Tool.RunAsync("score", demo.Model, TrainedDemo.TestImages[0]);

        Assert.Contains(" %   ", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 scored, 0 could not be read", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scoring_a_folder_without_an_image_is_said()
    {
        using TemporaryFolder folder = new();

        string earlier = folder.Write("earlier.jsonl", "{}"u8.ToArray());

        ToolRun run = await Tool.RunAsync("score", demo.Model, folder.Path, "--json", "--out", earlier);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Equal("{}", await File.ReadAllTextAsync(earlier, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Featurize_writes_csv_and_parquet_with_the_same_values()
    {
        using TemporaryFolder folder = new();
        string images = Path.Combine(TrainedDemo.Images, "test");

        ToolRun csv = await Tool.RunAsync("featurize", images, "--out", folder.At("f.csv"), "--cache", demo.Cache, "--json");
        ToolRun parquet = await Tool.RunAsync("featurize", images, "--out", folder.At("f.parquet"), "--cache", "none", "--json");

        JsonElement result = Assert.Single(csv.Json);
        Assert.Equal(["images", "unreadable", "width", "backbone", "seconds", "cache", "problems", "warnings", "diagnostics"], Names(result));
        Assert.Equal((120, 1576, 120), (result.GetProperty("images").GetInt32(), result.GetProperty("width").GetInt32(), result.GetProperty("cache").GetProperty("hits").GetInt32()));
        Assert.Equal(120, Assert.Single(parquet.Json).GetProperty("cache").GetProperty("misses").GetInt32());
        string[][] rows = [.. (await File.ReadAllLinesAsync(folder.At("f.csv"), TestContext.Current.CancellationToken)).Select(line => line.Split(','))];
        IList<ParquetRow> same = await ParquetRow.ReadAsync(folder.At("f.parquet"));
        Assert.Equal(["path", "sha256", "label", "f0"], rows[0][..4]);
        Assert.Equal(120, same.Count);
        for (int i = 0; i < same.Count; i++)
        {
            Assert.Equal(rows[i + 1][..3], new[] { same[i].Path, same[i].Sha256, same[i].Label });
            Assert.Equal(rows[i + 1][3..].Select(v => float.Parse(v, CultureInfo.InvariantCulture)), same[i].Features);
        }
    }

    [Fact]
    public async Task Featurize_takes_a_folder_without_labels()
    {
        using TemporaryFolder folder = new();

        ToolRun run = await Tool.RunAsync("featurize", Path.Combine(TrainedDemo.Images, "test", "nut"), "--out", folder.At("f.csv"), "--cache", demo.Cache);

        Assert.Equal(ExitStatus.Done, run.Status);
        string[] lines = await File.ReadAllLinesAsync(folder.At("f.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(21, lines.Length);
        Assert.Equal(string.Empty, lines[1].Split(',')[2]);
    }

    [Fact]
    public async Task A_backbone_by_its_path_trains_and_scores()
    {
        using TemporaryFolder folder = new();
        string trunk = ThinTrunk.Write(folder);
        foreach (string path in TrainedDemo.TestImages.Where((_, i) => i % 20 < 6))
        {
            folder.Write($"set/{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}", await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }

        ToolRun trained = await Tool.RunAsync("train", folder.At("set"), "--backbone", trunk, "--out", folder.At("v3.zip"), "--cache", "none", "--json");
        ToolRun scored = await Tool.RunAsync("score", folder.At("v3.zip"), TrainedDemo.TestImages[0], "--json");

        Assert.Equal(ThinTrunk.Name, Assert.Single(trained.Json).GetProperty("backbone").GetString());
        Assert.Equal(6, Names(Assert.Single(scored.Json).GetProperty("scores")).Length);
    }
}
