using System.Globalization;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>
/// What labels are worth where <see cref="ActiveLearning"/> chose the images, against images drawn at random: five labels for each class, of which two were
/// there before. A third of the images are the test. Each draw has other images.
/// </summary>
internal static class LabelingGain
{
    private const int Before = 2;
    private const int After = 5;

    public static async Task RunAsync(string[] folders, int draws, string cache)
    {
        Console.WriteLine("| images | with two labels a class | five, drawn | five, chosen | gain |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (string folder in folders)
        {
            (double before, double drawn, double chosen)[] all = new (double, double, double)[draws];
            for (int draw = 0; draw < draws; draw++)
            {
                all[draw] = await MeasureAsync(folder, draw, cache);
            }

            double[] gains = [.. all.Select(one => one.chosen - one.drawn)];
            double error = Math.Sqrt(gains.Sum(gain => (gain - gains.Average()) * (gain - gains.Average())) / (gains.Length - 1.0) / gains.Length);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(folder)} | {100 * all.Average(one => one.before):F1} % | {100 * all.Average(one => one.drawn):F1} % | {100 * all.Average(one => one.chosen):F1} % | {100 * gains.Average():F1} ± {100 * error:F1} |"));
        }
    }

    private static async Task<(double Before, double Drawn, double Chosen)> MeasureAsync(string folder, int draw, string cache)
    {
        string work = Directory.CreateTempSubdirectory("inceptionml-labels-").FullName;
        try
        {
            string[] labels = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
            (string Path, string Label)[] images = [.. labels.SelectMany(label => Directory.EnumerateFiles(Path.Combine(folder, label)).Order(StringComparer.Ordinal).Select(path => (path, label)))];
            new Random(draw).Shuffle(images);
            (string Path, string Label)[] test = images[..(images.Length / 3)];
            (string Path, string Label)[] rest = images[(images.Length / 3)..];
            (string Path, string Label)[] labeled = [.. labels.SelectMany(label => rest.Where(image => image.Label == label).Take(Before))];
            (string Path, string Label)[] pool = [.. rest.Except(labeled)];
            int count = (After - Before) * labels.Length;

            string first = await TrainAsync(work, labeled, cache);
            ActiveLearning.Result next = await ActiveLearning.SuggestAsync(first, Write(work, "pool", rest), new ActiveLearning.Options { Count = count, CacheFolder = cache });
            HashSet<string> suggested = [.. next.Images.Select(image => Path.GetFullPath(image.FullPath))];
            double before = await EvaluateAsync(work, first, test, cache);
            double chosen = await EvaluateAsync(work, await TrainAsync(work, [.. labeled, .. pool.Where(image => suggested.Contains(Path.GetFullPath(image.Path)))], cache), test, cache);
            double drawn = await EvaluateAsync(work, await TrainAsync(work, [.. labeled, .. pool.Take(count)], cache), test, cache);
            return (before, drawn, chosen);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<string> TrainAsync(string work, (string Path, string Label)[] images, string cache)
    {
        TrainingSettings settings = new()
        {
            Data = [Write(work, "train", images)],
            Cache = cache,
            Split = new SplitSettings { Validation = 0, Test = 0 },
        };
        return (await new ImageTrainer(settings).TrainAsync(Path.Combine(work, Path.GetRandomFileName() + ".zip"))).ModelPath;
    }

    private static async Task<double> EvaluateAsync(string work, string model, (string Path, string Label)[] images, string cache) =>
        (await ModelEvaluator.EvaluateAsync(model, Write(work, "test", images), new EvaluationOptions { CacheFolder = cache })).Metrics.Accuracy!.Value;

    private static string Write(string work, string name, (string Path, string Label)[] images)
    {
        string manifest = Path.Combine(work, name + ".csv");
        File.WriteAllLines(manifest, images.Select(image => $"\"{image.Path}\",{image.Label}").Prepend("path,label"));
        return manifest;
    }
}
