using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training.Tests.Reports;

/// <summary>The page that says what a model is and how good.</summary>
public sealed partial class ModelReportTests(TrainedDemo demo) : IDisposable
{
    private const int MostBytes = 5_000_000;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_report_of_a_training_holds_all_it_needs_and_loads_nothing()
    {
        string page = await WriteAsync(path => ModelReport.WriteTrainingAsync(path, demo.Result, cancellationToken: Stop));

        AssertWellFormed(page);
        AssertLoadsNothing(page);
        Assert.Contains($"Measured on {demo.Result.Test.Images} test images", page, StringComparison.Ordinal);
        Assert.All(
            (string[])["summary", "images", "choice", "labels", "confusion", "mistakes", "mixed", "typical", "sureness", "map", "settings", "glossary"],
            id => Assert.Contains($"<h2 id=\"{id}\">", page, StringComparison.Ordinal));
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 100_000, MostBytes);
    }

    [Fact]
    public async Task Every_mistake_in_the_confusion_matrix_leads_to_its_images()
    {
        string page = await WriteAsync(path => ModelReport.WriteTrainingAsync(path, demo.Result, cancellationToken: Stop));

        string[] links = [.. Links().Matches(page).Select(link => link.Groups[1].Value)];
        HashSet<string> ids = [.. Ids().Matches(page).Select(id => id.Groups[1].Value)];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, ids));
        Assert.Equal(
            demo.Result.Mistakes.Select(image => (image.Label, image.Predicted)).Distinct().Count(),
            links.Count(link => link.StartsWith("mixed-", StringComparison.Ordinal)));
        Assert.All(demo.Result.Mistakes, image => Assert.Contains(Path.GetFileName(image.Path), page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Equal_results_give_equal_reports()
    {
        string first = await WriteAsync(path => ModelReport.WriteTrainingAsync(path, demo.Result, cancellationToken: Stop));
        string second = await WriteAsync(path => ModelReport.WriteTrainingAsync(path, demo.Result, cancellationToken: Stop));

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Without_thumbnails_no_picture_is_in_the_report()
    {
        string page = await WriteAsync(path => ModelReport.WriteTrainingAsync(path, demo.Result, new ModelReport.Options { Thumbnails = false }, Stop));

        AssertWellFormed(page);
        Assert.DoesNotContain("data:image", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"mixed\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_name_becomes_markup_or_turns_the_reading_direction()
    {
        const string Hostile = "<img src=x onerror=alert(1)>\"'&\u202egnp.\u2028\0";
        EvaluationResult result = Evaluation([Hostile, "plain"], 20);

        string page = await WriteAsync(path => ModelReport.WriteEvaluationAsync(path, demo.Model, result, new ModelReport.Options { Suggestions = [Hostile] }, Stop));

        AssertWellFormed(page);
        AssertLoadsNothing(page);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u2028', page);
        Assert.DoesNotContain('\0', page);
        Assert.Contains(@"&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\u202egnp.\u2028\x00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_very_many_images_stays_small_and_says_what_it_leaves_out()
    {
        EvaluationResult result = Evaluation([.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"label {i}"))], 10_000);

        string page = await WriteAsync(path => ModelReport.WriteEvaluationAsync(path, demo.Model, result, cancellationToken: Stop));

        AssertWellFormed(page);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, MostBytes);
        Assert.Contains("With 40 labels a matrix is too large to read", page, StringComparison.Ordinal);
        Assert.Contains("mistakes between pairs that are rarer still are not listed.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_sheet_shows_each_mistake_beside_its_heat_map()
    {
        string page = await WriteAsync(path => ModelReport.WriteMistakesAsync(path, demo.Model, demo.Result.TestPredictions, Stop));

        AssertWellFormed(page);
        AssertLoadsNothing(page);
        Assert.Equal(2 * demo.Result.Mistakes.Count, Regex.Count(page, "src=\"data:image/jpeg;base64,"));
        Assert.Contains($"the model is wrong about {demo.Result.Mistakes.Count}.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspect_labels_are_shown_beside_the_images_they_are_most_like()
    {
        TrainingSettings settings = new() { Data = [TrainedDemo.Images], Cache = demo.Cache };
        LabelReview.Result review = await new LabelReview(settings).RunAsync(cancellationToken: Stop);

        string page = await WriteAsync(path => ModelReport.WriteSuspectsAsync(path, review, Stop));

        LabelReview.ReviewedImage[] suspects = [.. review.Images.Where(image => image.IsSuspect)];
        Assert.NotEmpty(suspects);
        AssertWellFormed(page);
        AssertLoadsNothing(page);
        Assert.Equal(suspects.Length * (1 + LabelReview.Neighbors), Count(page, "data:image"));
        Assert.All(suspects, image => Assert.Contains(Path.GetFileName(image.Path), page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Images_to_label_next_are_shown_in_their_order()
    {
        ActiveLearning.Result result = await ActiveLearning.SuggestAsync(
            demo.Model, TrainedDemo.Images, new ActiveLearning.Options { Count = 7, CacheFolder = demo.Cache }, cancellationToken: Stop);

        string page = await WriteAsync(path => ModelReport.WriteSuggestionsAsync(path, result, Stop));

        AssertWellFormed(page);
        AssertLoadsNothing(page);
        Assert.Equal(7, Count(page, "data:image"));
        Assert.Contains($"1. looks like {result.Images[0].Label}", page, StringComparison.Ordinal);
    }

    private static int Count(string page, string text) => page.Split(text).Length - 1;

    [Fact]
    public async Task An_image_that_is_gone_is_its_name_alone()
    {
        ImagePrediction gone = new(folder.At("gone.jpg"), "bolt", "nut", 0.9, 0.1);

        string page = await WriteAsync(path => ModelReport.WriteMistakesAsync(path, demo.Model, [gone], Stop));

        AssertWellFormed(page);
        Assert.DoesNotContain("data:image", page, StringComparison.Ordinal);
        Assert.Contains("gone.jpg", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_are_those_that_the_figures_count_and_mistakes_the_surest_first()
    {
        EvaluationResult result = await ModelEvaluator.EvaluateAsync(demo.Model, Path.Combine(TrainedDemo.Images, "test"), Stop);

        Assert.Equal(result.Metrics.Images, result.Predictions.Count);
        Assert.Equal(result.Metrics.Accuracy!.Value, result.Predictions.Count(image => image.IsRight) / (double)result.Predictions.Count, 1e-12);
        Assert.Equal(result.Mistakes.OrderByDescending(image => image.Probability), result.Mistakes);
        Assert.Equal(
            demo.Result.Mistakes.Select(image => (Path.GetFileName(image.Path), image.Label, image.Predicted)),
            result.Mistakes.Select(image => (Path.GetFileName(image.Path), image.Label, image.Predicted)));
        Assert.All(result.Mistakes, image => Assert.InRange(image.LabelProbability, 0, image.Probability));
    }

    [Fact]
    public void Every_share_has_words()
    {
        string[] words = [.. Enumerable.Range(0, 1001).Select(thousandth => ReportContent.InWords(thousandth / 1000.0))];

        Assert.All(words, Assert.NotEmpty);
        Assert.Equal(("None of the", "About 1 of 2", "About 5 of 6", "Nearly all", "All"), (words[0], words[500], words[839], words[984], words[1000]));
    }

    private static EvaluationResult Evaluation(string[] labels, int images)
    {
        MetricsAccumulator metrics = new(labels);
        List<ImagePrediction> predictions = [];
        Random random = new(1);
        for (int i = 0; i < images; i++)
        {
            float[] probabilities = [.. labels.Select(_ => random.NextSingle())];
            float sum = probabilities.Sum();
            probabilities = [.. probabilities.Select(probability => probability / sum)];
            int truth = i % labels.Length;
            ImageSample sample = new(FormattableString.Invariant($"{labels[truth]}/{i}.jpg"), "nowhere", labels[truth]);
            predictions.Add(ImagePrediction.Create(sample, labels, truth, metrics.Add(truth, probabilities), probabilities));
        }

        return new EvaluationResult(metrics.ToMetrics(), [], []) { Predictions = predictions };
    }

    private static void AssertWellFormed(string page)
    {
        // HTML's void elements, its doctype and its bare attributes are all that keep it from being XML.
        string xml = Voids().Replace(page.Replace("<!doctype html>\n", string.Empty, StringComparison.Ordinal), "<$1$2/>");
        using XmlReader reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        while (reader.Read())
        {
        }
    }

    private static void AssertLoadsNothing(string page)
    {
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Outside().Matches(page));
        string style = Styles().Match(page).Groups[1].Value;
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync(Func<string, Task> write)
    {
        string path = folder.At("report.html");
        await write(path);
        return await File.ReadAllTextAsync(path, Stop);
    }

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Links();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("<(meta|img)([^>]*)>")]
    private static partial Regex Voids();

    [GeneratedRegex("<[a-z][^>]*\\s(src|href|action)=\"(?!data:image/|#)", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();
}
