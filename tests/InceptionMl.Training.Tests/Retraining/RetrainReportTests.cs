using System.Text.RegularExpressions;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Retraining;

/// <summary>The page that a retraining leaves beside the model.</summary>
public sealed class RetrainReportTests : IDisposable
{
    private readonly RetrainScene scene = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task The_report_of_many_classes_shows_the_worst_and_counts_the_others()
    {
        using RetrainScene scene = new();
        for (int label = 0; label < 34; label++)
        {
            scene.Add(FormattableString.Invariant($"images/class-{label:D2}"), 4, label % 4);
        }

        for (int i = 0; i < 25; i++)
        {
            scene.Folder.Write($"images/class-00/broken {i}.png", RetrainScene.Picture(2, i)[..60]);
        }

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        string page = await File.ReadAllTextAsync(Path.Combine(scene.Registry.Show(result.Version).Folder, "report.html"), Stop);
        Assert.Contains("These are the 20 worst of 34 classes; the other 14 are not shown.", page, StringComparison.Ordinal);
        Assert.Equal(20, page[..page.IndexOf("id=\"data\"", StringComparison.Ordinal)].Split("scope=\"row\">class-").Length - 1);
        Assert.Contains("25 images could not be read", page, StringComparison.Ordinal);
        Assert.Contains("and 5 more.", page, StringComparison.Ordinal);
        Assert.Equal(20, page.Split("broken ").Length - 1);
        Assert.Contains("With 34 labels a matrix is too large to read", page, StringComparison.Ordinal);
        Assert.NotEmpty(result.Training.NeverGiven);
        Assert.Contains($"validation and test images: {result.Training.NeverGiven.Count} of 34 classes, &#39;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_shows_where_the_models_differ_and_no_name_becomes_markup()
    {
        const string Hostile = "<script>alert('&\"1')<_script>";
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such name there");
        await scene.SpoilAsync(Hostile, Stop);

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        string page = await File.ReadAllTextAsync(Path.Combine(scene.Registry.Show("0002").Folder, "report.html"), Stop);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(", page, StringComparison.Ordinal);
        Assert.Contains("a significant loss overall", page, StringComparison.Ordinal);
        Match differences = Regex.Match(page, "<h2 id=\"differences\">.*?</section>", RegexOptions.Singleline);
        Assert.Equal(result.Comparison!.Differences.Count, Regex.Count(differences.Value, "src=\"data:image/jpeg;base64,"));
        Assert.Empty(Regex.Matches(page, "(src|href|action|url)\\s*[=(]\\s*(?>[\"']?)(?!data:|#)", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_whose_name_no_line_can_hold_is_left_out_and_listed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such name there");
        scene.AddClasses(2, 12);
        File.Move(Directory.GetFiles(scene.Folder.At("images", "red"))[0], scene.Folder.At("images", "red", "two\nlines.png"));

        RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);

        Assert.Equal((23, 1), (scene.Data("0001").Count, result.Training.Images.Unreadable));
        Assert.EndsWith("red/two lines.png", Assert.Single(result.Training.Problems).Path, StringComparison.Ordinal);
    }
}
