using System.Globalization;
using InceptionMl.Training;
using InceptionMl.Training.Evaluation;
using SkiaSharp;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>What copies of every training image do to a model and to what is said of it.</summary>
internal static class CopiedData
{
    private const int Seed = 11;
    private const int Trained = 60;
    private const int Held = 70;

    /// <summary>Sixty pictures of each class once and four times each, with the same 70 test pictures of each class.</summary>
    public static async Task CompareCopiesAsync(string folder)
    {
        Console.WriteLine("| copies of each training image | L2 | test accuracy | test log loss | ECE |");
        Console.WriteLine("|---|---|---|---|---|");
        await WithScratchAsync(async scratch =>
        {
            foreach (int copies in (int[])[1, 4])
            {
                string images = Path.Combine(scratch, $"x{copies}");
                foreach ((string label, string[] files) in Classes(folder))
                {
                    Copy(files.Take(Trained), Path.Combine(images, "train", label), copies);
                    Copy(files.Skip(Trained).Take(Held), Path.Combine(images, "test", label), 1);
                }

                TrainResult result = await TrainAsync(images, scratch);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {copies} | {result.L2:G3} | {100 * result.Test.Accuracy:F1} % | {result.Test.LogLoss:F4} | {result.Test.Ece:F3} |"));
            }
        });
    }

    /// <summary>Sixty pictures of each class in four versions each, as a folder that training divides itself; other pictures tell how good the model is.</summary>
    public static async Task CompareBurstsAsync(string folder)
    {
        Console.WriteLine("| near-copies | test images | reported accuracy, log loss | on 420 other pictures | warning |");
        Console.WriteLine("|---|---|---|---|---|");
        await WithScratchAsync(async scratch =>
        {
            string images = Path.Combine(scratch, "bursts");
            string held = Path.Combine(scratch, "held");
            foreach ((string label, string[] files) in Classes(folder))
            {
                Directory.CreateDirectory(Path.Combine(images, label));
                foreach ((int number, string file) in files.Take(Trained).Index())
                {
                    WriteVersions(file, Path.Combine(images, label, string.Create(CultureInfo.InvariantCulture, $"{number:D3}")));
                }

                Copy(files.Skip(Trained).Take(Held), Path.Combine(held, label), 1);
            }

            foreach (SplitSettings.NearCopyHandling handling in Enum.GetValues<SplitSettings.NearCopyHandling>())
            {
                TrainResult result = await TrainAsync(images, scratch, handling);
                ClassificationMetrics others = (await ModelEvaluator.EvaluateAsync(result.ModelPath, held)).Metrics;
                string warned = string.Join(' ', result.Diagnostics.Where(diagnostic => diagnostic.Id == DiagnosticIds.NearCopies).Select(diagnostic => diagnostic.Message.Replace(images, "", StringComparison.Ordinal)));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {handling} | {result.Images.Test} | {100 * result.Test.Accuracy:F1} %, {result.Test.LogLoss:F3} | {100 * others.Accuracy:F1} %, {others.LogLoss:F3} | {warned} |"));
            }
        });
    }

    private static void WriteVersions(string file, string name)
    {
        using SKBitmap picture = SKBitmap.Decode(file);
        File.Copy(file, name + "a.jpg");
        File.WriteAllBytes(name + "b.jpg", ImageCopies.Encode(picture, 50));
        File.WriteAllBytes(name + "c.jpg", ImageCopies.Brightened(picture, 0.85f, 85));
        File.WriteAllBytes(name + "d.jpg", ImageCopies.Cropped(picture, 4, 4, picture.Width - 8, picture.Height - 8, 80));
    }

    private static IEnumerable<(string Label, string[] Files)> Classes(string folder)
    {
        Random random = new(Seed);
        foreach (string label in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
        {
            string[] files = [.. Directory.GetFiles(label, "*.jpg").Order(StringComparer.Ordinal)];
            random.Shuffle(files);
            yield return (Path.GetFileName(label), files);
        }
    }

    private static void Copy(IEnumerable<string> files, string folder, int copies)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in files)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                File.Copy(file, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{copy}-{Path.GetFileName(file)}")));
            }
        }
    }

    private static Task<TrainResult> TrainAsync(string images, string scratch, SplitSettings.NearCopyHandling handling = default) => new ImageTrainer(new TrainingSettings
    {
        Data = [images],
        Split = new SplitSettings { NearCopies = handling },
        Cache = Path.Combine(scratch, "cache"),
    }).TrainAsync(Path.Combine(scratch, "model.zip"));

    private static async Task WithScratchAsync(Func<string, Task> measure)
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("inceptionml-evidence-");
        try
        {
            await measure(scratch.FullName);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
