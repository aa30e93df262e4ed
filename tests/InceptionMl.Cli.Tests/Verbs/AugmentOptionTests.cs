using System.Text.Json;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Verbs;

public sealed class AugmentOptionTests
{
    [Theory]
    [InlineData("flip", 2, 1)]
    [InlineData("light", 5, 4)]
    [InlineData("none", 1, 0)]
    public async Task Train_augments_the_training_images_as_it_is_told_and_says_so(string kind, int copiesPerImage, int augmentedCopies)
    {
        using TemporaryFolder folder = new();
        foreach (string label in (string[])["bolt", "nut"])
        {
            foreach (string image in Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, "test", label)))
            {
                folder.Write($"set/{label}/{Path.GetFileName(image)}", await File.ReadAllBytesAsync(image, TestContext.Current.CancellationToken));
            }
        }

        ToolRun run = await Tool.RunAsync("train", folder.At("set"), "--augment", kind, "--out", folder.At("m.zip"), "--cache", folder.At("cache"), "--json");

        Assert.Equal(ExitStatus.Done, run.Status);
        JsonElement result = Assert.Single(run.Json);
        int training = result.GetProperty("images").GetProperty("train").GetInt32();
        Assert.InRange(training, 20, 38);
        Assert.Equal(40 + (augmentedCopies * training), result.GetProperty("cache").GetProperty("misses").GetInt32());
        Assert.Equal(
            new ModelAugmentation { Kind = kind, CopiesPerImage = copiesPerImage },
            ModelCard.Parse(await File.ReadAllBytesAsync(folder.At("m.json"), TestContext.Current.CancellationToken)).Augmentation);
        Assert.Equal(augmentedCopies > 0, run.Error.Contains($"{training} of {training} images in {augmentedCopies} augmented cop", StringComparison.Ordinal));
    }
}
