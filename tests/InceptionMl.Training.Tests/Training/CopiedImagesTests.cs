using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Training;

[Trait("Category", "Slow")]
public sealed class CopiedImagesTests
{
    [Fact]
    public async Task Copies_of_every_image_choose_the_penalty_that_the_images_alone_do()
    {
        using TemporaryFolder folder = new();

        TrainResult once = await TrainAsync(folder, copies: 1);
        TrainResult fourfold = await TrainAsync(folder, copies: 4);

        Assert.Equal(4 * once.Images.Train, fourfold.Images.Train);
        Assert.InRange(fourfold.L2 / once.L2, 0.5, 2);
        Assert.Equal(once.Test.LogLoss!.Value, fourfold.Test.LogLoss!.Value, 0.02);
    }

    // Few images to train on, so that folds choose the penalty; all of them are given their part.
    private static async Task<TrainResult> TrainAsync(TemporaryFolder folder, int copies)
    {
        foreach (string label in Directory.GetDirectories(Path.Combine(TrainedDemo.Images, "train")))
        {
            Copy(label, "train", 15, copies);
            Copy(label.Replace($"{Path.DirectorySeparatorChar}train{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}test{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "test", 20, 1);
        }

        TrainingSettings settings = new() { Data = [folder.At($"{copies}")], Cache = folder.At("cache"), Split = new SplitSettings { Validation = 0 } };
        return await new ImageTrainer(settings).TrainAsync(folder.At($"{copies}.zip"), cancellationToken: TestContext.Current.CancellationToken);

        void Copy(string from, string part, int images, int times)
        {
            foreach (string file in Directory.GetFiles(from).Order(StringComparer.Ordinal).Take(images))
            {
                for (int copy = 0; copy < times; copy++)
                {
                    folder.Write(Path.Combine($"{copies}", part, Path.GetFileName(from), $"{copy}-{Path.GetFileName(file)}"), File.ReadAllBytes(file));
                }
            }
        }
    }
}
