using System.Globalization;
using System.Text.Json;
using InceptionMl.Backbones;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Classification;

public sealed class ClassifyVerbTests : IDisposable
{
    private readonly SmallClassifier small = new();
    private readonly string names;

    public ClassifyVerbTests() => names = small.Folder.Write("index.json", SmallClassifier.Index());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Store => small.Folder.At("store");

    public void Dispose() => small.Dispose();

    private int Best(int seed) => Array.IndexOf(small.Logits(seed), small.Logits(seed).Max());

    private async Task AddAsync(string name)
    {
        using FileStream onnx = File.OpenRead(small.Onnx);
        await new BackboneStore(Store).AddAsync(name, onnx, small.Card, Cancellation);
    }

    private static string[] Members(JsonElement value) => [.. value.EnumerateObject().Select(p => p.Name)];

    [Fact]
    public async Task A_line_of_JSON_an_image_has_the_promised_names_and_the_best_five_classes()
    {
        await AddAsync("inception-v3");
        string[] pictures = [small.Picture("set/a [1].png", 1), small.Picture("set/b.png", 4)];

        ToolRun run = await Tool.RunAsync("classify", pictures[0], pictures[1], "--store", Store, "--classes", names, "--json");

        Assert.Equal((ExitStatus.Done, 2), (run.Status, run.Json.Length));
        JsonElement first = run.Json[0];
        Assert.Equal(["path", "label", "wordNetId", "probability", "scores"], Members(first));
        Assert.Equal(pictures[0], first.GetProperty("path").GetString());
        Assert.Equal(5, first.GetProperty("scores").GetArrayLength());
        JsonElement best = first.GetProperty("scores")[0];
        Assert.Equal(["label", "wordNetId", "index", "probability"], Members(best));
        Assert.Equal(Best(1), best.GetProperty("index").GetInt32());
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"thing {Best(1)}"), first.GetProperty("label").GetString());
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"n{Best(1) * 10:D8}"), first.GetProperty("wordNetId").GetString());
        Assert.Equal(best.GetProperty("probability").GetSingle(), first.GetProperty("probability").GetSingle());
        Assert.Equal(Best(4), run.Json[1].GetProperty("scores")[0].GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task Folders_and_standard_input_are_taken_as_score_takes_them_and_what_cannot_be_read_is_status_3()
    {
        small.Picture("set/a.png", 1);
        small.Picture("set/deeper/b.png", 2);
        small.Folder.Write("set/notes.txt", "no picture"u8.ToArray());
        string broken = small.Folder.Write("broken.jpg", "no picture"u8.ToArray());

        ToolRun run = await Tool.RunWithInputAsync(
            broken + "\n", "classify", small.Folder.At("set"), "-", "--backbone", small.Onnx, "--classes", names, "--store", Store, "--json", "--top", "2");

        Assert.Equal(ExitStatus.SomeUnreadable, run.Status);
        Assert.Equal(
            [small.Folder.At("set") + "/a.png", small.Folder.At("set") + "/deeper/b.png", broken], run.Json.Select(line => line.GetProperty("path").GetString()));
        Assert.Equal(2, run.Json[0].GetProperty("scores").GetArrayLength());
        Assert.Equal(["path", "error"], Members(run.Json[2]));
        Assert.Contains("2 scored, 1 could not be read, 1 file ignored", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_a_row_an_image_and_as_many_columns_for_one_that_cannot_be_read()
    {
        string picture = small.Picture("a.png", 3);

        ToolRun run = await Tool.RunAsync(
            "classify", picture, small.Folder.At("none.png"), "--backbone", small.Onnx, "--classes", names, "--store", Store, "--format", "csv", "--top", "2");

        string[][] rows = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(','))];
        Assert.Equal(
            "path,label,wordNetId,probability,error,index1,label1,wordNetId1,probability1,index2,label2,wordNetId2,probability2", string.Join(',', rows[0]));
        Assert.Equal([picture, string.Create(CultureInfo.InvariantCulture, $"thing {Best(3)}")], rows[1][..2]);
        Assert.Equal(Best(3).ToString(CultureInfo.InvariantCulture), rows[1][5]);
        Assert.Equal([13, 13, 13], rows.Select(row => row.Length));
        Assert.Equal("there is no such file or folder", rows[2][4]);
    }

    [Fact]
    public async Task For_people_there_is_a_line_a_class_below_the_path()
    {
        string picture = small.Picture("a.png", 3);
        string plain = small.Folder.Write("names.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 1000).Select(i => "name " + i))));

        ToolRun run = await Tool.RunAsync("classify", picture, "--backbone", small.Onnx, "--classes", plain, "--store", Store);

        string[] lines = [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
        Assert.Equal((ExitStatus.Done, 6, picture), (run.Status, lines.Length, lines[0]));
        Assert.EndsWith($" %  name {Best(3)}", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_class_index_the_command_that_brings_it_is_said_and_nothing_is_fetched()
    {
        await AddAsync("inception-v3");

        ToolRun run = await Tool.RunAsync("classify", small.Picture("a.png", 1), "--store", Store);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("run inceptionml backbones pull imagenet-classes", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Store, "imagenet_class_index.json")));
    }

    [Fact]
    public async Task A_class_index_that_is_not_the_published_one_is_refused()
    {
        await AddAsync("inception-v3");
        small.Folder.Write("store/imagenet_class_index.json", SmallClassifier.Index());

        ToolRun run = await Tool.RunAsync("classify", small.Picture("a.png", 1), "--store", Store);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("expected c2c37ea517e94d9795004a39431a14cb", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inception-v3-slim", "Run inceptionml backbones pull inception-v3-slim.")]
    [InlineData("inception-v3-notop", "run inceptionml backbones pull inception-v3.")]
    [InlineData("inception-compact", "run inceptionml backbones pull inception-v3.")]
    [InlineData("no/such.onnx", "no/such.onnx is no file that exists")]
    [InlineData("two words", "'two words' cannot name a backbone")]
    public async Task A_backbone_that_is_not_there_is_status_1_and_says_how_to_get_one(string backbone, string said)
    {
        ToolRun run = await Tool.RunAsync("classify", "a.png", "--backbone", backbone, "--store", Store, "--classes", names);

        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Empty(run.Output);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("classify")]
    [InlineData("classify a.png --top 0")]
    [InlineData("classify a.png --format xml")]
    public async Task A_wrong_command_line_is_status_2(string line) =>
        Assert.Equal(ExitStatus.Usage, (await Tool.RunAsync(line.Split(' '))).Status);

    [Fact]
    public async Task A_folder_without_an_image_is_said()
    {
        using TemporaryFolder empty = new();

        ToolRun run = await Tool.RunAsync("classify", empty.Path, "--backbone", small.Onnx, "--classes", names, "--store", Store, "--json");

        Assert.Equal((ExitStatus.Failed, ""), (run.Status, run.Output));
        Assert.Contains("no image there", run.Error, StringComparison.Ordinal);
    }
}
