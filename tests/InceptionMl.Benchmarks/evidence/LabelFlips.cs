using System.Diagnostics;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>
/// How many of the labels that were made wrong are among the most suspect: 5 % of the images are given another label, drawn evenly, five times. Where images
/// of one content have two labels, they are left out.
/// </summary>
internal static class LabelFlips
{
    private const double Share = 0.05;

    public static async Task RunAsync(string[] folders, string[] backbones, int draws, string cache)
    {
        Console.WriteLine("| images | backbone | of the wrong labels among the 10 % most suspect | among the 5 % | taken for suspect: wrong labels, right ones | s |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (string folder in folders)
        {
            foreach (string backbone in backbones)
            {
                await MeasureAsync(folder, backbone, draws, cache);
            }
        }
    }

    private static async Task MeasureAsync(string folder, string backbone, int draws, string cache)
    {
        string[] labels = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        (string Path, int Label)[] images = [.. labels.SelectMany((label, place) =>
            Directory.EnumerateFiles(Path.Combine(folder, label)).Order(StringComparer.Ordinal).Select(path => (path, place)))];
        List<double> tenth = [];
        List<double> twentieth = [];
        List<double> seconds = [];
        int found = 0;
        int wrongly = 0;
        int flips = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            string manifest = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
            try
            {
                HashSet<string> flipped = WriteFlipped(manifest, images, labels, draw);
                TrainingSettings settings = new() { Data = [manifest], Cache = cache, Backbone = new BackboneSettings { Model = backbone } };
                LabelReview review = new(settings, new TrainOptions { Packaged = [ResNet18.Backbone] });
                Stopwatch watch = Stopwatch.StartNew();
                LabelReview.Result result = await review.RunAsync();
                seconds.Add(watch.Elapsed.TotalSeconds);
                bool[] isFlipped = [.. result.Images.Select(image => flipped.Contains(Path.GetFullPath(image.Path)))];
                double all = isFlipped.Count(one => one);
                tenth.Add(isFlipped.Take(isFlipped.Length / 10).Count(one => one) / all);
                twentieth.Add(isFlipped.Take(isFlipped.Length / 20).Count(one => one) / all);
                flips += (int)all;
                found += result.Images.Zip(isFlipped).Count(pair => pair.First.IsSuspect && pair.Second);
                wrongly += result.Images.Zip(isFlipped).Count(pair => pair.First.IsSuspect && !pair.Second);
            }
            finally
            {
                File.Delete(manifest);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {Path.GetFileName(folder)} | {backbone} | {100 * tenth.Average():F1} % | {100 * twentieth.Average():F1} % | {100.0 * found / flips:F0} %, {(double)wrongly / draws:F0} images | {seconds.Average():F1} |"));
    }

    private static HashSet<string> WriteFlipped(string manifest, (string Path, int Label)[] images, string[] labels, int draw)
    {
        Random random = new(draw);
        int[] order = [.. Enumerable.Range(0, images.Length)];
        random.Shuffle(order);
        HashSet<int> chosen = [.. order.Take((int)(Share * images.Length))];
        using StreamWriter writer = new(manifest);
        writer.WriteLine("path,label");
        for (int i = 0; i < images.Length; i++)
        {
            int label = chosen.Contains(i) ? (images[i].Label + random.Next(1, labels.Length)) % labels.Length : images[i].Label;
            writer.WriteLine($"\"{images[i].Path}\",{labels[label]}");
        }

        return [.. chosen.Select(i => Path.GetFullPath(images[i].Path))];
    }
}
