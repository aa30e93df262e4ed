using System.IO.Compression;
using System.Text;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Tests.Training;

public sealed class ImageTrainerTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Head(string model)
    {
        using ZipArchive zip = ZipFile.OpenRead(model);
        using MemoryStream memory = new();
        using Stream stream = zip.GetEntry(ModelPackage.HeadEntry)!.Open();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000)]
    public void Options_out_of_their_range_are_refused_where_they_enter(int workers)
    {
        TrainingSettings settings = new() { Data = [TrainedDemo.Images] };

        Assert.Contains("Workers", Assert.Throws<ArgumentException>(() => new ImageTrainer(settings, new TrainOptions { Workers = workers })).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Workers", Assert.Throws<ArgumentException>(() => new Retrainer(settings, new RetrainOptions { Workers = workers })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_demo_set_is_learned_and_not_by_heart()
    {
        Assert.Equal(6, demo.Result.Classes.Count);
        Assert.Equal(120, demo.Result.Images.Test);
        Assert.Equal(360, demo.Result.Images.Train + demo.Result.Images.Validation);
        Assert.InRange(demo.Result.Test.Accuracy!.Value, 0.80, 0.999);
        Assert.InRange(demo.Result.Test.LogLoss!.Value, 0.01, 0.7);
        Assert.Empty(demo.Result.Problems);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_same_images_and_seed_give_the_same_head_bit_for_bit_with_a_cold_a_warm_and_no_cache()
    {
        using TemporaryFolder folder = new();
        foreach (string? cache in (string?[])[folder.At("cold"), demo.Cache, null])
        {
            ImageTrainer trainer = new(new TrainingSettings { Data = [TrainedDemo.Images], Cache = cache });
            TrainResult again = await trainer.TrainAsync(folder.At("again.zip"), cancellationToken: Stop);

            Assert.Equal(Head(demo.Model), Head(folder.At("again.zip")));
            Assert.Equal(cache == demo.Cache ? 480 : 0, again.CacheHits);
        }
    }

    [Fact]
    public void The_card_stands_in_the_zip_and_beside_it_and_says_what_was_measured()
    {
        ModelCard card = ModelCard.Parse(File.ReadAllBytes(demo.Result.CardPath));
        using ZipArchive zip = ZipFile.OpenRead(demo.Model);
        using StreamReader inside = new(zip.GetEntry(ModelPackage.CardEntry)!.Open());

        Assert.Equal(File.ReadAllText(demo.Result.CardPath), inside.ReadToEnd());
        Assert.Equal(demo.Result.Test.Accuracy, card.Metrics!.Test.Accuracy);
        Assert.Equal(64, card.Data!.Fingerprint.Length);
        Assert.Equal("5.0.1", card.Versions!["Microsoft.ML"]);
    }

    [Fact]
    public void No_path_of_this_machine_is_in_the_zip()
    {
        byte[][] needles = [.. new[] { Workspace.Root, Path.GetTempPath(), Path.GetDirectoryName(demo.Model)!, "inceptionml-" }
            .SelectMany(text => new[] { Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text) })];
        using ZipArchive zip = ZipFile.OpenRead(demo.Model);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using MemoryStream memory = new();
            using Stream stream = entry.Open();
            stream.CopyTo(memory);
            Assert.All(needles, needle => Assert.True(memory.ToArray().AsSpan().IndexOf(needle) < 0, $"{entry.FullName} holds a path"));
        }
    }

    [Fact]
    public async Task Evaluating_the_zip_on_the_test_images_gives_the_figures_training_gave()
    {
        EvaluationResult evaluated = await ModelEvaluator.EvaluateAsync(demo.Model, Path.Combine(TrainedDemo.Images, "test"), Stop);

        Assert.Equal(demo.Result.Test.Accuracy, evaluated.Metrics.Accuracy);
        Assert.Equal(demo.Result.Test.LogLoss!.Value, evaluated.Metrics.LogLoss!.Value, 1e-6);
        Assert.Equal(demo.Result.Test.Confusion, evaluated.Metrics.Confusion);
    }

    [Fact]
    public async Task Images_that_cannot_be_read_are_left_out_by_name_and_the_run_goes_on()
    {
        using TemporaryFolder folder = new();
        foreach (string label in (string[])["bolt", "nut"])
        {
            foreach (string image in Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, "train", label)).Take(20))
            {
                folder.Write($"set/{label}/{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, Stop));
            }
        }

        folder.Write("set/nut/broken [1].jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]);
        folder.Write("set/bolt/notes.txt", "not an input"u8.ToArray());
        ImageTrainer trainer = new(new TrainingSettings { Data = [folder.At("set")] });

        TrainResult result = await trainer.TrainAsync(folder.At("out", "model.zip"), cancellationToken: Stop);

        ImageProblem problem = Assert.Single(result.Problems);
        Assert.EndsWith("set/nut/broken [1].jpg", problem.Path.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal((40, 1, 1L), (result.Images.Train + result.Images.Validation + result.Images.Test, result.Images.Unreadable, result.Images.Ignored));
    }

    [Fact]
    public async Task A_class_whose_images_cannot_be_read_is_named()
    {
        using TemporaryFolder folder = new();
        string image = TrainedDemo.TestImages[0];
        folder.Write("a/1.jpg", await File.ReadAllBytesAsync(image, Stop));
        folder.Write("a/2.jpg", await File.ReadAllBytesAsync(TrainedDemo.TestImages[1], Stop));
        folder.Write("b/1.jpg", await File.ReadAllBytesAsync(TrainedDemo.TestImages[2], Stop));
        folder.Write("b/2.jpg", "nothing"u8.ToArray());

        DatasetException refused = await Assert.ThrowsAsync<DatasetException>(() =>
            new ImageTrainer(new TrainingSettings { Data = [folder.Path] }).TrainAsync(folder.At("out", "model.zip"), cancellationToken: Stop));

        Assert.Contains("'b' (1 of 2)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("b/2.jpg' ", refused.Message.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("out")));
    }

    [Fact]
    public async Task A_file_that_is_no_model_is_not_replaced_unless_asked()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("precious.zip", "thesis"u8.ToArray());

        ModelFormatException refused = await Assert.ThrowsAsync<ModelFormatException>(() =>
            new ImageTrainer(new TrainingSettings { Data = [TrainedDemo.Images] }).TrainAsync(path, cancellationToken: Stop));

        Assert.Contains("force", refused.Message, StringComparison.Ordinal);
        Assert.Equal("thesis"u8.ToArray(), await File.ReadAllBytesAsync(path, Stop));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_canceled_run_leaves_nothing_but_its_cache()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new();
        StopAfter progress = new(50, stop);
        ImageTrainer trainer = new(new TrainingSettings { Data = [TrainedDemo.Images], Cache = folder.At("cache") });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            trainer.TrainAsync(folder.At("model.zip"), progress, cancellationToken: stop.Token));

        Assert.Equal([folder.At("cache")], Directory.GetFileSystemEntries(folder.Path));
        TrainResult next = await trainer.TrainAsync(folder.At("model.zip"), cancellationToken: Stop);
        Assert.InRange(next.CacheHits, 50, 479);
        Assert.Equal(Head(demo.Model), Head(folder.At("model.zip")));
    }

    [Fact]
    public async Task With_folds_the_validation_figures_are_out_of_fold_and_the_card_says_so()
    {
        using TemporaryFolder folder = new();
        TrainingSettings options = new() { Split = new SplitSettings { Folds = 3 }, Cache = demo.Cache };
        TrainResult result = await new ImageTrainer(options with { Data = [TrainedDemo.Images] }).TrainAsync(folder.At("m.zip"), cancellationToken: Stop);
        ModelCard card = ModelCard.Parse(await File.ReadAllBytesAsync(result.CardPath, Stop));

        Assert.Equal(360, result.Validation.Images);
        Assert.InRange(result.Validation.Accuracy!.Value, 0.75, 0.999);
        Assert.Equal(Assert.Single(result.Candidates, c => c.Chosen).LogLoss!.Value, result.Validation.LogLoss!.Value, 1e-4);
        Assert.Contains("out of fold", card.Metrics!.ValidationNote!, StringComparison.Ordinal);
        Assert.Equal(result.Candidates.Count, card.Search!.Count);
        Assert.All(card.Search, candidate => Assert.True(candidate is { Judge: "cross-validation", LogLossDeviation: > 0 }));
        Assert.Single(card.Search, candidate => candidate.Chosen);
        Assert.DoesNotContain(result.Diagnostics, warning => warning.Message.Contains("folds", StringComparison.Ordinal));
    }

    [Fact]
    public void The_card_says_what_part_the_validation_images_had_in_the_choice_and_lists_what_was_tried()
    {
        ModelCard card = ModelCard.Parse(File.ReadAllBytes(demo.Result.CardPath));

        Assert.Contains("refined by cross-validation", card.Metrics!.ValidationNote!, StringComparison.Ordinal);
        Assert.Equal(demo.Result.Candidates.Select(c => c.L2), card.Search!.Select(c => c.L2));
        Assert.Single(card.Search!, candidate => candidate.Chosen);
    }

    [Fact]
    public async Task A_class_that_counts_more_is_found_more_often()
    {
        using TemporaryFolder folder = new();
        string favored = demo.Result.Classes[0];
        TrainingSettings options = new() { ClassWeights = new ClassWeightSettings { ByLabel = [new ClassWeightSettings.LabelWeight(favored, 1000)] }, Cache = demo.Cache };
        TrainResult result = await new ImageTrainer(options with { Data = [TrainedDemo.Images] }).TrainAsync(folder.At("m.zip"), cancellationToken: Stop);
        ModelCard card = ModelCard.Parse(await File.ReadAllBytesAsync(result.CardPath, Stop));

        Assert.True(result.Test.Confusion.Sum(row => row[0]) > demo.Result.Test.Confusion.Sum(row => row[0]));
        Assert.Equal(1000, card.Head.ClassWeights![favored]);
    }

    [Theory]
    [InlineData("sprocket", 2)]
    [InlineData("bolt", 0)]
    [InlineData("bolt", double.NaN)]
    public async Task Class_weights_that_do_not_fit_are_refused_by_name_before_any_work(string label, double weight)
    {
        using TemporaryFolder folder = new();
        ImageTrainer trainer = new(new TrainingSettings { Data = [TrainedDemo.Images], ClassWeights = new ClassWeightSettings { ByLabel = [new ClassWeightSettings.LabelWeight(label, weight)] }, Cache = folder.At("cache") });

        InceptionMlException refused = await Assert.ThrowsAnyAsync<InceptionMlException>(
            () => trainer.TrainAsync(folder.At("m.zip"), cancellationToken: Stop));

        Assert.Contains(label, refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Small_classes_are_named_and_equal_pictures_share_a_fold()
    {
        using TemporaryFolder folder = new();
        foreach (string label in (string[])["bolt", "nut"])
        {
            string[] images = [.. Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, "train", label)).Order(StringComparer.Ordinal).Take(label == "nut" ? 3 : 12)];
            foreach (string image in images)
            {
                folder.Write($"set/train/{label}/{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, Stop));
                folder.Write($"set/train/{label}/copy-{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, Stop));
                folder.Write($"set/test/{label}/{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, Stop));
            }
        }

        ImageTrainer trainer = new(new TrainingSettings { Data = [folder.At("set")], Split = new SplitSettings { Folds = 4 } });
        TrainResult result = await trainer.TrainAsync(folder.At("m.zip"), cancellationToken: Stop);

        Assert.Contains(result.Diagnostics, warning => warning.Message.Contains("'nut (3)'", StringComparison.Ordinal) && !warning.Message.Contains("bolt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_warm_start_from_the_model_itself_gives_the_same_classifier()
    {
        using TemporaryFolder folder = new();
        ModelPackage champion = ModelPackage.Read(demo.Model);
        TrainingSettings options = new() { Data = [TrainedDemo.Images], Cache = demo.Cache };
        TrainOptions warm = new() { WarmStart = new WarmStart(champion.Head, champion.Card.Classes) };
        TrainResult result = await new ImageTrainer(options, warm).TrainAsync(folder.At("m.zip"), cancellationToken: Stop);

        Assert.Equal(demo.Result.L2, result.L2);
        Assert.Equal(demo.Result.Test.Confusion, result.Test.Confusion);
        Assert.Equal(demo.Result.Test.LogLoss!.Value, result.Test.LogLoss!.Value, 1e-4);
    }

    private sealed class StopAfter(int images, CancellationTokenSource stop) : IProgress<InceptionMl.Training.Features.FeatureProgress>
    {
        public void Report(InceptionMl.Training.Features.FeatureProgress value)
        {
            if (value.Done == images)
            {
                stop.Cancel();
            }
        }
    }
}
