using System.Text.Json;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

/// <summary>The pages that <c>train</c> and <c>evaluate</c> write for people.</summary>
public sealed class PageOptionsTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Test => Path.Combine(TrainedDemo.Images, "test");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_writes_a_report_beside_the_model_and_a_contact_sheet_where_it_is_asked_for()
    {
        ToolRun run = await TrainAsync("--json", "--mistakes", folder.At("sheet"));

        Assert.Equal(ExitStatus.Done, run.Status);
        JsonElement result = Assert.Single(run.Json);
        Assert.Equal(folder.At("m.report.html"), result.GetProperty("report").GetString());
        Assert.Contains($"The mistakes are shown in {folder.At("sheet", "index.html")}.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Measured on 120 test images", await File.ReadAllTextAsync(folder.At("m.report.html"), Stop), StringComparison.Ordinal);
        Assert.Contains("Heat map", await File.ReadAllTextAsync(folder.At("sheet", "index.html"), Stop), StringComparison.Ordinal);
        double[] sure = [.. result.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("probability").GetDouble())];
        Assert.Equal(sure.OrderDescending(), sure);
        Assert.NotEmpty(sure);
    }

    [Fact]
    public async Task Train_replaces_the_report_of_the_model_it_replaces_and_names_it()
    {
        await TrainAsync();

        ToolRun again = await TrainAsync("--no-thumbnails");

        Assert.Equal(ExitStatus.Done, again.Status);
        Assert.Contains($"Report: {folder.At("m.report.html")}", again.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("data:image", await File.ReadAllTextAsync(folder.At("m.report.html"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_without_a_report_writes_the_model_and_its_card_alone()
    {
        ToolRun run = await TrainAsync("--no-report");

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Equal(["m.json", "m.zip"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Report:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_somebody_else_is_never_replaced()
    {
        string mine = folder.Write("m.report.html", "mine"u8.ToArray());
        folder.Write("sheet/index.html", "mine"u8.ToArray());
        folder.Write("new.html", "mine"u8.ToArray());

        ToolRun train = await TrainAsync();
        ToolRun sheet = await Tool.RunAsync("evaluate", demo.Model, Test, "--mistakes", folder.At("sheet"));
        ToolRun report = await Tool.RunAsync("evaluate", demo.Model, Test, "--report", folder.At("new.html"));

        Assert.All((ToolRun[])[train, sheet, report], run => Assert.Equal(ExitStatus.Usage, run.Status));
        Assert.Contains($"{mine}, where the page of --out goes, is there already", train.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(mine, Stop));
        Assert.False(File.Exists(folder.At("m.zip")));
    }

    [Fact]
    public async Task Evaluate_lists_its_worst_mistakes_and_writes_pages_only_where_they_are_asked_for()
    {
        ToolRun plain = await Tool.RunAsync("evaluate", demo.Model, Test);
        ToolRun run = await Tool.RunAsync("evaluate", demo.Model, Test, "--json", "--report", folder.At("new.html"), "--mistakes", folder.At("sheet"));

        Assert.Contains("mistakes it was most sure of", plain.Output, StringComparison.Ordinal);
        Assert.Contains(".jpg", plain.Table, StringComparison.Ordinal);
        JsonElement result = Assert.Single(run.Json);
        JsonElement worst = result.GetProperty("mistakes")[0];
        Assert.Equal(["path", "label", "predicted", "probability", "labelProbability"], worst.EnumerateObject().Select(of => of.Name));
        Assert.StartsWith(Test + "/", worst.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Contains("Evaluation of an image classifier", await File.ReadAllTextAsync(folder.At("new.html"), Stop), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.At("sheet", "index.html")));
    }

    [Theory]
    [InlineData("report.txt", "does not end in .html")]
    [InlineData("folder.html", "is a folder")]
    public async Task A_place_that_can_hold_no_report_is_refused(string name, string problem)
    {
        Directory.CreateDirectory(folder.At("folder.html"));

        ToolRun run = await Tool.RunAsync("evaluate", demo.Model, Test, "--report", folder.At(name));

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    private Task<ToolRun> TrainAsync(params string[] more) =>
        Tool.RunAsync(["train", TrainedDemo.Images, "--out", folder.At("m.zip"), "--cache", demo.Cache, "--no-compare", .. more]);
}
