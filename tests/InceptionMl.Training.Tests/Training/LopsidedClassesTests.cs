using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Training;

/// <summary>Many images of one class and few of another that look alike, so that nearly all are called the first.</summary>
public sealed class LopsidedClassesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Classes_that_are_never_given_are_named_with_what_class_weights_really_do()
    {
        using TemporaryFolder folder = new();
        Write(folder.At("images", "few"), 5, 1);
        Write(folder.At("images", "many"), 150, 2);
        TrainingSettings plain = new() { Cache = folder.At("cache") };
        TrainingSettings weighted = new() { ClassWeights = new ClassWeightSettings { Balanced = true }, Cache = folder.At("cache") };

        TrainResult result = await Train(plain), balanced = await Train(weighted);

        Assert.Equal(["few"], result.NeverGiven);
        Assert.Equal(balanced.Test.Accuracy, result.Balanced!.Test.Accuracy);
        Assert.Equal(balanced.Test.Confusion, result.Balanced.Test.Confusion);
        Assert.Equal(balanced.Validation.Confusion, result.Balanced.Validation.Confusion);
        Assert.Null(balanced.Balanced);

        Task<TrainResult> Train(TrainingSettings options) =>
            new ImageTrainer(options with { Data = [folder.At("images")] }).TrainAsync(folder.At("model.zip"), cancellationToken: Stop);
    }

    [Fact]
    public async Task Features_that_are_the_same_for_all_images_are_told_with_the_backbone_that_gives_them()
    {
        using TemporaryFolder folder = new();
        foreach (string label in (string[])["a", "b"])
        {
            Write(folder.At("images", label), 1, 7);
            for (int i = 1; i < 12; i++)
            {
                // The same pixels in another file.
                byte[] copy = [.. await File.ReadAllBytesAsync(folder.At("images", label, "0.bmp"), Stop), (byte)label[0], (byte)i];
                folder.Write($"images/{label}/{i}.bmp", copy);
            }
        }

        TrainResult result = await new ImageTrainer(new TrainingSettings { Data = [folder.At("images")] }).TrainAsync(folder.At("model.zip"), cancellationToken: Stop);

        Assert.Contains(
            "The backbone inception-compact gives all images the same features, so the model cannot tell them apart: check how it is fed, and that the images differ.",
            result.Diagnostics.Select(diagnostic => diagnostic.Message));
    }

    private static void Write(string folder, int count, int seed)
    {
        Directory.CreateDirectory(folder);
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            // A BMP of 16 x 16 pixels, 24 bits each.
            byte[] file = new byte[54 + (16 * 16 * 3)];
            random.NextBytes(file.AsSpan(54));
            (file[0], file[1], file[10], file[14], file[18], file[22], file[26], file[28]) = ((byte)'B', (byte)'M', 54, 40, 16, 16, 1, 24);
            BitConverter.TryWriteBytes(file.AsSpan(2), file.Length);
            File.WriteAllBytes(Path.Combine(folder, $"{i}.bmp"), file);
        }
    }
}
