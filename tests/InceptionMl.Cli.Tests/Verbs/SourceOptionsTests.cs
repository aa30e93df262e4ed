using System.Text.Json;
using InceptionMl.TestSupport;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli.Tests.Verbs;

/// <summary>Folders and manifests as people have them, taken by the verbs that read labeled images.</summary>
public sealed class SourceOptionsTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Columns_are_named_alike_to_train_evaluate_and_featurize_and_kept_in_the_pipeline()
    {
        string manifest = Manifest("shot,kind,use,label", (image, label, part) => $"{image},{label},{part},unknown");
        string[] columns = ["--path-column", "shot", "--label-column", "KIND", "--part-column", "use"];
        string pipeline = folder.At("mine.json");

        ToolRun trained = await Tool.RunAsync(
            ["train", manifest, "--out", folder.At("m.zip"), "--cache", demo.Cache, "--head", "lbfgs", "--save-pipeline", pipeline, "--json", .. columns]);
        ToolRun evaluated = await Tool.RunAsync(["evaluate", demo.Model, manifest, "--include-trained", "--cache", demo.Cache, "--json", .. columns]);
        ToolRun featurized = await Tool.RunAsync(["featurize", manifest, "--out", folder.At("f.csv"), "--cache", demo.Cache, "--json", .. columns]);

        Assert.Equal((ExitStatus.Done, ExitStatus.Done, ExitStatus.Done), (trained.Status, evaluated.Status, featurized.Status));
        JsonElement images = Assert.Single(trained.Json).GetProperty("images");
        Assert.Equal((8, 4, 4), (Count(images, "train"), Count(images, "validation"), Count(images, "test")));
        Assert.Equal(4, Count(Assert.Single(evaluated.Json), "images"));
        Assert.Equal(16, Count(Assert.Single(featurized.Json), "images"));
        Assert.Contains("\"labelColumn\":\"KIND\"", (await File.ReadAllTextAsync(folder.At("m.json"), TestContext.Current.CancellationToken)).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(
            new DatasetSource.ManifestColumns { Path = "shot", Label = "KIND", Part = "use" }, Assert.Single(PipelineFile.Read(pipeline).Data).Columns);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("featurize")]
    public async Task A_column_that_is_not_there_is_one_sentence_with_those_that_are(string verb)
    {
        string manifest = Manifest("shot,kind", (image, label, _) => $"{image},{label}");
        string[] line = verb switch
        {
            "train" => [verb, manifest, "--out", folder.At("m.zip"), "--cache", demo.Cache],
            "evaluate" => [verb, demo.Model, manifest],
            _ => [verb, manifest, "--out", folder.At("f.csv"), "--cache", demo.Cache],
        };

        ToolRun asked = await Tool.RunAsync([.. line, "--path-column", "shot", "--label-column", "species"]);
        ToolRun found = await Tool.RunAsync(line);

        Assert.Equal((ExitStatus.Failed, ExitStatus.Failed), (asked.Status, found.Status));
        Assert.Contains("has no column 'species'; its columns are 'shot', 'kind'. Columns are named by --path-column, --label-column or --part-column.", asked.Error, StringComparison.Ordinal);
        Assert.Contains("the header has no path column", found.Error, StringComparison.Ordinal);
        Assert.Contains("Columns are named by --path-column", found.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deeper_folders_are_told_with_the_option_that_makes_them_labels()
    {
        foreach (string row in File.ReadLines(Manifest("path,label", (image, label, part) => $"{image},{label},{part}")).Skip(1))
        {
            string[] fields = row.Split(',');
            string copy = folder.At("nested", fields[1] == "bolt" ? "a" : "b", fields[2], fields[1] + Path.GetFileName(fields[0]));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(fields[0], copy);
        }

        string[] line = ["train", folder.At("nested"), "--cache", demo.Cache, "--head", "lbfgs", "--json", "--out"];
        string pipeline = folder.At("mine.json");

        ToolRun top = await Tool.RunAsync([.. line, folder.At("top.zip")]);
        ToolRun parent = await Tool.RunAsync([.. line, folder.At("parent.zip"), "--label-from", "Parent", "--save-pipeline", pipeline]);
        ToolRun one = await Tool.RunAsync("train", folder.At("nested"), "--out", folder.At("one.zip"), "--label-column", "x");

        Assert.Equal(["a", "b"], Classes(top));
        Assert.Contains("lie deeper than a label's own folder", top.Error, StringComparison.Ordinal);
        Assert.Contains("warning: --label-from parent takes the folder that an image lies in for its label.", top.Error, StringComparison.Ordinal);
        Assert.Equal(["test", "train", "validation"], Classes(parent));
        Assert.DoesNotContain("deeper", parent.Error, StringComparison.Ordinal);
        Assert.Equal(DatasetSource.LabelFolder.Parent, Assert.Single(PipelineFile.Read(pipeline).Data).LabelFrom);
        Assert.Contains("is a folder, which has no column 'x'", one.Error, StringComparison.Ordinal);
    }

    private static string?[] Classes(ToolRun run) =>
        [.. Assert.Single(run.Json).GetProperty("classes").EnumerateArray().Select(name => name.GetString())];

    private static int Count(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static readonly string[] Uses = ["train", "train", "validation", "test", "train", "train", "validation", "test"];

    // Two labels of eight demo images each.
    private string Manifest(string header, Func<string, string, string, string> row)
    {
        IEnumerable<string> rows = new[] { "bolt", "nut" }.SelectMany(label => Directory
            .EnumerateFiles(Path.Combine(TrainedDemo.Images, "train", label)).Order(StringComparer.Ordinal).Take(Uses.Length).Select((image, i) => row(image, label, Uses[i])));
        string manifest = folder.At("list.csv");
        File.WriteAllLines(manifest, rows.Prepend(header));
        return manifest;
    }
}
