using System.IO.Compression;
using InceptionMl.Backbones;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Features;
using Microsoft.Data.Sqlite;

namespace InceptionMl.Training.Tests.Training;

/// <summary>Two classes of the demo set, 25 images each, trained on in three copies.</summary>
public sealed class AugmentedTrainingTests : IDisposable
{
    private static readonly AugmentationSettings Light = new() { Kind = AugmentationKind.Light, Copies = 2 };

    private readonly TemporaryFolder folder = new();
    private readonly ImageDataset dataset;

    public AugmentedTrainingTests()
    {
        foreach (string label in (string[])["bolt", "nut"])
        {
            foreach (string image in Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, "train", label)).Order(StringComparer.Ordinal).Take(25))
            {
                folder.Write($"set/{label}/{Path.GetFileName(image)}", File.ReadAllBytes(image));
            }
        }

        dataset = ImageDataset.Open(folder.At("set"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Only_training_images_have_augmented_copies_and_the_next_run_finds_all_in_the_cache()
    {
        TrainResult first = await TrainAsync(Light, "first.zip");
        string[] training = Contents(SplitPart.Train);
        Dictionary<string, string[]> cached = Cached();

        Assert.Equal(3, cached.Count);
        Assert.Equal(Contents(SplitPart.Train, SplitPart.Validation, SplitPart.Test), cached[Key("plain")]);
        Assert.Equal(training, cached[Key("light v1 number 1")]);
        Assert.Equal(training, cached[Key("light v1 number 2")]);
        Assert.InRange(training.Length, 30, 48);
        Assert.Equal((training.Length, 0, 50 + (2 * training.Length)), (first.Images.Train, first.CacheHits, first.CacheMisses));

        TrainResult second = await TrainAsync(Light, "second.zip", workers: 3);
        Assert.Equal((first.CacheMisses, 0), (second.CacheHits, second.CacheMisses));
        Assert.Equal(Head("first.zip"), Head("second.zip"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task One_worker_or_many_give_the_same_head_bit_for_bit()
    {
        await TrainAsync(Light, "one.zip", workers: 1, cache: null);
        await TrainAsync(Light, "many.zip", workers: 4, cache: null);

        Assert.Equal(Head("one.zip"), Head("many.zip"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_cache_filled_without_augmentation_serves_the_images_as_they_are()
    {
        await TrainAsync(new AugmentationSettings(), "plain.zip");
        TrainResult flipped = await TrainAsync(new AugmentationSettings { Kind = AugmentationKind.Flip }, "flip.zip");

        Assert.Equal((50, flipped.Images.Train), (flipped.CacheHits, flipped.CacheMisses));
        Assert.Contains(Key("mirror v1"), Cached().Keys);
        Assert.NotEqual(Head("plain.zip"), Head("flip.zip"));
    }

    [Fact]
    public async Task The_card_says_how_training_images_were_augmented()
    {
        await TrainAsync(Light, "light.zip");
        await TrainAsync(new AugmentationSettings(), "plain.zip");

        Assert.Equal(new ModelAugmentation { Kind = "light", CopiesPerImage = 3 }, Card("light.zip").Augmentation);
        Assert.Equal(new ModelAugmentation { Kind = "none", CopiesPerImage = 1 }, Card("plain.zip").Augmentation);
    }

    [Fact]
    public async Task An_images_copies_share_its_weight_and_group_and_it_is_judged_as_it_is()
    {
        using FeatureExtractor extractor = new(Backbone.Embedded());
        (LabeledFeatures images, TrainingSplit split) = await ExtractAsync(extractor, new TrainingSettings { ClassWeights = new ClassWeightSettings { Balanced = true } });
        int[] training = split.Images(SplitPart.Train);
        HeadTrainingSet plain = split.Set(SplitPart.Train);
        AugmentedRows augmented = await AugmentedRows.ExtractAsync(extractor, images, training, Light, null, Stop);

        HeadTrainingSet set = split.TrainingSet(augmented);

        Assert.Equal(3 * training.Length, set.Rows.Length);
        Assert.Equal(set.Rows.Length, set.Rows.Distinct().Count());
        Assert.Equal(50 + (2 * training.Length), images.Features.Rows);
        for (int image = 0; image < training.Length; image++)
        {
            int[] copies = [.. Enumerable.Range(0, set.Rows.Length).Where(i => set.Groups![i] == training[image])];
            Assert.Equal(3, copies.Length);
            Assert.Equal(training[image], set.Rows[copies[0]]);
            Assert.All(copies, i => Assert.Equal(plain.Labels[image], set.Labels[i]));
            Assert.All(copies, i => Assert.Equal(plain.WeightOf(image) / 3, set.WeightOf(i)));
            Assert.Equal([plain.WeightOf(image), 0, 0], copies.Select(set.JudgingWeightOf));
        }

        Assert.Equal(split.Images(SplitPart.Validation), split.Set(SplitPart.Validation).Rows);
    }

    [Fact]
    public async Task An_image_that_changes_on_the_way_is_trained_on_as_it_was_read_and_named()
    {
        using FeatureExtractor extractor = new(Backbone.Embedded());
        (LabeledFeatures images, TrainingSplit split) = await ExtractAsync(extractor, new TrainingSettings());
        int[] training = split.Images(SplitPart.Train);
        await File.WriteAllBytesAsync(images.Samples[training[0]].FullPath, await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], Stop), Stop);
        File.Delete(images.Samples[training[1]].FullPath);

        AugmentedRows augmented = await AugmentedRows.ExtractAsync(extractor, images, training, Light, null, Stop);

        string warning = Assert.Single(augmented.Diagnostics).Message;
        Assert.Contains(images.Samples[training[0]].Path, warning, StringComparison.Ordinal);
        Assert.Contains(images.Samples[training[1]].Path, warning, StringComparison.Ordinal);
        Assert.Empty(augmented.RowsOf(training[0]));
        Assert.Equal(2, augmented.RowsOf(training[2]).Count);
        Assert.Equal((3 * training.Length) - 4, split.TrainingSet(augmented).Rows.Length);
        Assert.Equal(training.Length, split.TrainingSet(augmented).AllWeights().Sum(), 1e-3);
    }

    private async Task<(LabeledFeatures Images, TrainingSplit Split)> ExtractAsync(FeatureExtractor extractor, TrainingSettings settings)
    {
        LabeledFeatures images = await LabeledFeatures.ExtractAsync(extractor, dataset, settings.Split, null, Stop);
        return (images, TrainingSplit.Create(dataset, images, settings));
    }

    private Task<TrainResult> TrainAsync(AugmentationSettings augmentation, string model, int workers = 0, string? cache = "cache") =>
        new ImageTrainer(new TrainingSettings { Data = [folder.At("set")], Augmentation = augmentation, Cache = cache is null ? null : folder.At(cache) }, new TrainOptions { Workers = workers }).TrainAsync(folder.At(model), cancellationToken: Stop);

    private string[] Contents(params SplitPart[] parts)
    {
        SplitItem[] items = [.. dataset.Samples.Select(sample => new SplitItem(sample, ContentHash.Compute(File.ReadAllBytes(sample.FullPath))))];
        SplitResult split = ContentSplit.Assign(items);
        return [.. items.Where((_, i) => parts.Contains(split.Parts[i])).Select(item => item.Hash.ToString()).Order(StringComparer.Ordinal)];
    }

    /// <summary>The contents in the cache by the name of their space, up to the versions of the runtime and the decoder.</summary>
    private Dictionary<string, string[]> Cached()
    {
        using SqliteConnection connection = new($"Data Source={folder.At("cache", FeatureCache.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT key, lower(hex(image)) FROM feature JOIN space ON space.id = feature.space WHERE key LIKE 'network %' ORDER BY 1, 2";
        using SqliteDataReader reader = command.ExecuteReader();
        List<(string Key, string Image)> entries = [];
        while (reader.Read())
        {
            entries.Add((reader.GetString(0).Split("; onnxruntime ")[0], reader.GetString(1)));
        }

        return entries.GroupBy(entry => entry.Key).ToDictionary(space => space.Key, space => space.Select(entry => entry.Image).ToArray());
    }

    /// <summary>The name of a space as caches in the field have it.</summary>
    private static string Key(string view)
    {
        Backbone backbone = Backbone.Embedded();
        return $"network {backbone.Digest}; {backbone.Preprocessing.ToCanonicalString()}; view {view}";
    }

    private byte[] Head(string model)
    {
        using ZipArchive zip = ZipFile.OpenRead(folder.At(model));
        using MemoryStream memory = new();
        using Stream stream = zip.GetEntry(ModelPackage.HeadEntry)!.Open();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private ModelCard Card(string model) => ModelCard.Parse(File.ReadAllBytes(Path.ChangeExtension(folder.At(model), ".json")));
}
