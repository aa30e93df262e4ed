using System.IO.Compression;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Evaluation;

public sealed class ModelEvaluatorTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Train => Path.Combine(TrainedDemo.Images, "train");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Images_that_were_trained_on_are_counted_apart_whatever_they_are_called()
    {
        Copy(TrainedDemo.TestImages, "set");
        Copy(TrainingImages(perClass: 5), "set");

        EvaluationResult apart = await ModelEvaluator.EvaluateAsync(demo.Model, folder.At("set"), Stop);
        EvaluationResult together = await ModelEvaluator.EvaluateAsync(demo.Model, folder.At("set"), new EvaluationOptions { IncludeTrained = true }, cancellationToken: Stop);

        Assert.Equal((120, demo.Result.Test.Accuracy, 30), (apart.Metrics.Images, apart.Metrics.Accuracy, apart.Trained!.Images));
        Assert.Contains(apart.Diagnostics, one => one.Id == DiagnosticIds.TrainedImages && one.Message.Contains("30 of these", StringComparison.Ordinal) && one.Message.Contains("the 120 others", StringComparison.Ordinal));
        Assert.Equal((150, 30, true), (together.Metrics.Images, together.Trained!.Images, together.TrainedIncluded));
    }

    [Fact]
    public async Task Images_that_were_all_trained_on_give_no_figures()
    {
        EvaluationResult result = await ModelEvaluator.EvaluateAsync(demo.Model, Train, new EvaluationOptions { CacheFolder = demo.Cache }, cancellationToken: Stop);

        Assert.Equal((0, null, 360), (result.Metrics.Images, result.Metrics.Accuracy, result.Trained!.Images));
        Assert.InRange(result.Trained.Accuracy!.Value, demo.Result.Test.Accuracy!.Value, 1);
    }

    [Fact]
    public async Task An_image_that_stands_under_two_labels_does_not_count()
    {
        Copy(TrainedDemo.TestImages, "set");
        string[] labels = [.. Directory.EnumerateDirectories(folder.At("set")).Order(StringComparer.Ordinal)];
        string twice = Directory.EnumerateFiles(labels[0]).Order(StringComparer.Ordinal).First();
        File.Copy(twice, Path.Combine(labels[1], "again.jpg"));

        EvaluationResult result = await ModelEvaluator.EvaluateAsync(demo.Model, folder.At("set"), Stop);

        Assert.Equal(119, result.Metrics.Images);
        Diagnostic told = Assert.Single(result.Diagnostics, one => one.Id == DiagnosticIds.ContentsUnderTwoLabels);
        Assert.Contains("again.jpg", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_does_not_list_its_images_says_that_nobody_can_tell()
    {
        string model = folder.At("earlier.zip");
        File.Copy(demo.Model, model);
        Change(model, zip => zip.GetEntry(ModelPackage.TrainedEntry)!.Delete());

        EvaluationResult result = await ModelEvaluator.EvaluateAsync(model, Path.Combine(TrainedDemo.Images, "test"), Stop);

        Assert.Null(result.Trained);
        Assert.Equal(demo.Result.Test.Accuracy, result.Metrics.Accuracy);
        Assert.Contains(result.Diagnostics, one => one.Id == DiagnosticIds.TrainedImagesUnknown);
    }

    [Fact]
    public async Task A_registry_version_tells_by_its_own_table_where_its_zip_does_not()
    {
        TrainingSettings settings = new() { Data = [TrainedDemo.Images], Registry = folder.At("registry"), Cache = demo.Cache };
        await new Retrainer(settings).RetrainAsync(cancellationToken: Stop);
        ModelVersion version = new ModelRegistry(folder.At("registry")).Current!;
        Change(version.ModelPath, zip => zip.GetEntry(ModelPackage.TrainedEntry)!.Delete());

        EvaluationResult all = await ModelEvaluator.EvaluateAsync(version.ModelPath, Train, new EvaluationOptions { CacheFolder = demo.Cache }, cancellationToken: Stop);
        EvaluationResult own = await ModelEvaluator.EvaluateAsync(version.ModelPath, Path.Combine(version.Folder, RegistryFolder.ImagesFile), Stop);

        Assert.Equal((0, 360), (all.Metrics.Images, all.Trained!.Images));
        Assert.Equal((120, 0), (own.Metrics.Images, own.Trained!.Images));
    }

    [Theory]
    [InlineData(7)]
    [InlineData((TrainedContents.MostInZip + 1) * 8)]
    public async Task A_list_that_is_none_is_refused(int length)
    {
        string model = folder.At("model.zip");
        File.Copy(demo.Model, model);
        Change(model, zip =>
        {
            zip.GetEntry(ModelPackage.TrainedEntry)!.Delete();
            using Stream entry = zip.CreateEntry(ModelPackage.TrainedEntry).Open();
            entry.Write(new byte[length]);
        });

        ModelFormatException refused = await Assert.ThrowsAsync<ModelFormatException>(() => ModelEvaluator.EvaluateAsync(model, TrainedDemo.Images, Stop));

        Assert.Equal(model, refused.Path);
        Assert.Contains(ModelPackage.TrainedEntry, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classes_with_few_images_are_named_and_every_share_has_its_interval()
    {
        Copy([.. TrainedDemo.TestImages.GroupBy(Path.GetDirectoryName).SelectMany((label, i) => label.Take(i == 0 ? 4 : 12))], "set");

        EvaluationResult result = await ModelEvaluator.EvaluateAsync(demo.Model, folder.At("set"), Stop);

        Diagnostic few = Assert.Single(result.Diagnostics, one => one.Id == DiagnosticIds.FewTestImages);
        Assert.Contains("1 class has fewer than 10 images here, too few to judge by: bolt (4).", few.Message, StringComparison.Ordinal);
        Assert.InRange(result.Metrics.Accuracy!.Value, result.Metrics.AccuracyLow!.Value, result.Metrics.AccuracyHigh!.Value);
        Assert.All(result.Metrics.PerClass, of => Assert.InRange(of.Recall!.Value, of.RecallLow!.Value, of.RecallHigh!.Value));
    }

    [Fact]
    public async Task Training_evaluation_and_scoring_share_one_cache()
    {
        List<FeatureProgress> told = [];
        using FeatureCache cache = FeatureCache.Open(demo.Cache);
        CountingCache counting = new(cache);
        using ImageScorer scorer = ImageScorer.Open(demo.Model, new ImageScorerOptions { FeatureCache = counting });
        using ImageScorer plain = ImageScorer.Open(demo.Model);

        await ModelEvaluator.EvaluateAsync(
            demo.Model, Path.Combine(TrainedDemo.Images, "test"), new EvaluationOptions { CacheFolder = demo.Cache }, new Told(told), Stop);

        Assert.Equal(120, told[^1].Hits);
        Assert.All(TrainedDemo.TestImages.Take(10), image => Assert.Equal(plain.Score(image, Stop).Scores, scorer.Score(image, Stop).Scores));
        Assert.Equal((10, 0), (counting.Hits, counting.Puts));
    }

    [Theory]
    [InlineData(0, 10, 0d, 0.2775)]
    [InlineData(8, 10, 0.4902, 0.9433)]
    [InlineData(10, 10, 0.7225, 1d)]
    [InlineData(0, 0, null, null)]
    public void The_interval_is_that_of_Wilson(int part, int whole, double? low, double? high)
    {
        double? Rounded(double? end) => end is { } value ? Math.Round(value, 4) : null;

        Assert.Equal((low, high), (Rounded(WilsonInterval.Low(part, whole)), Rounded(WilsonInterval.High(part, whole))));
    }

    private static string[] TrainingImages(int perClass) =>
        [.. Directory.EnumerateDirectories(Train).SelectMany(label => Directory.EnumerateFiles(label, "*.jpg").Order(StringComparer.Ordinal).Take(perClass))];

    private void Copy(IEnumerable<string> images, string set)
    {
        int number = 0;
        foreach (string image in images)
        {
            folder.Write($"{set}/{Path.GetFileName(Path.GetDirectoryName(image))}/copy of {number++} {Path.GetFileName(image)}", File.ReadAllBytes(image));
        }
    }

    private static void Change(string model, Action<ZipArchive> change)
    {
        using ZipArchive zip = ZipFile.Open(model, ZipArchiveMode.Update);
        change(zip);
    }

    private sealed class Told(List<FeatureProgress> reports) : IProgress<FeatureProgress>
    {
        public void Report(FeatureProgress value) => reports.Add(value);
    }

    private sealed class CountingCache(IFeatureCache cache) : IFeatureCache
    {
        public int Hits { get; private set; }

        public int Puts { get; private set; }

        public bool TryGet(string space, ReadOnlySpan<byte> image, Span<float> features)
        {
            bool found = cache.TryGet(space, image, features);
            Hits += found ? 1 : 0;
            return found;
        }

        public void Put(string space, ReadOnlySpan<byte> image, ReadOnlySpan<float> features)
        {
            Puts++;
            cache.Put(space, image, features);
        }
    }
}
