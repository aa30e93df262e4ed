using System.Diagnostics;
using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Inference.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Benchmarks.Accuracy;

/// <summary>
/// How right models are on test images, by backbone, input size and the blocks that features come from. A fifth of each class is the
/// test, a tenth the validation, drawn anew in each partition; images of equal content count once.
/// </summary>
internal static class AccuracyTable
{
    public static async Task<int> RunAsync(Options options)
    {
        string[] folders = options.Texts("--images");
        string[] backbones = options.Has("--backbone") ? options.Texts("--backbone") : [Backbone.EmbeddedName];
        string?[] sizes = options.Has("--sizes") ? options.Texts("--sizes") : (string?[])[null];
        string[]? wanted = options.Has("--variants") ? options.Texts("--variants") : null;
        int partitions = options.Number("--partitions", 5);
        Console.WriteLine("| images | backbone | features | width | accuracy % | log loss | head, s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        List<Outcome> all = [];
        foreach (string backbone in backbones)
        {
            foreach (string? size in sizes)
            {
                Backbone opened = options.OpenBackbone(backbone, size);
                foreach (string folder in folders)
                {
                    all.AddRange(await MeasureAsync(opened, $"{opened.Card.Name} {opened.Card.Input.Width}", folder, partitions, wanted, options.Text("--cache")));
                }
            }
        }

        foreach (IGrouping<(string, string, int), Outcome> variant in all.GroupBy(outcome => (outcome.Backbone, outcome.Features, outcome.Width)))
        {
            Print("mean", variant.Key.Item1, variant.Key.Item2, variant.Key.Item3, [.. variant.SelectMany(outcome => outcome.Results)], withError: false);
        }

        return 0;
    }

    private static async Task<List<Outcome>> MeasureAsync(Backbone backbone, string name, string folder, int partitions, string[]? wanted, string? cache)
    {
        ImageDataset dataset = ImageDataset.Open(folder);
        using FeatureExtractor extractor = new(backbone, new FeatureOptions { CacheFolder = cache });
        LabeledFeatures images = await LabeledFeatures.ExtractAsync(extractor, dataset, new SplitSettings { NearCopies = SplitSettings.NearCopyHandling.Ignore }, null, CancellationToken.None);
        if (extractor.CommitCache() is { } problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
        }

        List<Outcome> outcomes = [];
        foreach ((string features, int[] columns) in Variants(backbone.Card.Outputs.Features))
        {
            if (wanted is not null && !wanted.Contains(features))
            {
                continue;
            }

            FeatureMatrix matrix = Columns(images.Features, columns);
            Result[] results = [.. Enumerable.Range(0, partitions).Select(partition => Fit(matrix, images, dataset.Classes, partition))];
            Print(Path.GetFileName(folder), name, features, columns.Length, results, withError: true);
            outcomes.Add(new Outcome(name, features, columns.Length, results));
        }

        return outcomes;
    }

    // The last block's mean; the means of the last two, three and four blocks; the same with maxima where the card names them.
    private static List<(string Name, int[] Columns)> Variants(BackboneFeatures features)
    {
        if (features.Sources is not { } sources)
        {
            return [("last", [.. Enumerable.Range(0, features.Width)])];
        }

        List<(BackboneFeatureSource Source, int[] Columns)> placed = [];
        int start = 0;
        foreach (BackboneFeatureSource source in sources)
        {
            placed.Add((source, [.. Enumerable.Range(start, source.Width)]));
            start += source.Width;
        }

        string[] blocks = [.. sources.Select(source => source.Tensor).Distinct()];
        List<(string, int[])> variants = [("last", Of([blocks[^1]], FeaturePooling.Mean))];
        for (int count = 1; count <= blocks.Length; count++)
        {
            string[] last = blocks[^count..];
            if (count > 1)
            {
                variants.Add(($"means-{count}", Of(last, FeaturePooling.Mean)));
            }

            if (sources.Any(source => source.Pooling == FeaturePooling.Max))
            {
                variants.Add(($"both-{count}", Of(last, FeaturePooling.Mean, FeaturePooling.Max)));
            }
        }

        return variants;

        int[] Of(string[] tensors, params FeaturePooling[] poolings) =>
            [.. placed.Where(place => tensors.Contains(place.Source.Tensor) && poolings.Contains(place.Source.Pooling)).SelectMany(place => place.Columns)];
    }

    private static FeatureMatrix Columns(FeatureMatrix features, int[] columns)
    {
        FeatureMatrix chosen = new(columns.Length);
        float[] values = new float[columns.Length];
        for (int row = 0; row < features.Rows; row++)
        {
            ReadOnlySpan<float> all = features.Row(row);
            for (int i = 0; i < columns.Length; i++)
            {
                values[i] = all[columns[i]];
            }

            chosen.Add(values);
        }

        return chosen;
    }

    private static Result Fit(FeatureMatrix features, LabeledFeatures images, IReadOnlyList<string> classes, int partition)
    {
        List<int> train = [];
        List<int> validation = [];
        List<int> test = [];
        int[] labels = [.. images.Samples.Select(sample => classes.ToList().IndexOf(sample.Label))];
        foreach (IGrouping<int, int> ofClass in Enumerable.Range(0, features.Rows).DistinctBy(row => images.Hashes[row]).GroupBy(row => labels[row]))
        {
            int[] rows = [.. ofClass.OrderBy(row => images.Hashes[row])];
            new Random(1000 + partition).Shuffle(rows);
            test.AddRange(rows.Take(rows.Length / 5));
            validation.AddRange(rows.Skip(rows.Length / 5).Take(rows.Length / 10));
            train.AddRange(rows.Skip((rows.Length / 5) + (rows.Length / 10)));
        }

        long start = Stopwatch.GetTimestamp();
        LinearHead head = HeadSearch.Run(Set(train), Set(validation), classes.Count, new HeadOptions()).Head;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        float[] probabilities = new float[classes.Count];
        int right = 0;
        double loss = 0;
        foreach (int row in test)
        {
            head.Probabilities(features.Row(row), probabilities);
            right += Array.IndexOf(probabilities, probabilities.Max()) == labels[row] ? 1 : 0;
            loss += ClassificationMetrics.LogLossOf(probabilities[labels[row]]);
        }

        return new Result(100.0 * right / test.Count, loss / test.Count, seconds);

        HeadTrainingSet Set(List<int> rows) => new(features, [.. rows], [.. rows.Select(row => labels[row])]);
    }

    private static void Print(string set, string backbone, string features, int width, Result[] results, bool withError)
    {
        double accuracy = results.Average(result => result.Accuracy);
        double deviation = Math.Sqrt(results.Sum(result => Math.Pow(result.Accuracy - accuracy, 2)) / Math.Max(1, results.Length - 1));
        string error = withError ? $" +- {(deviation / Math.Sqrt(results.Length)).ToString("F2", CultureInfo.InvariantCulture)}" : string.Empty;
        Console.WriteLine(FormattableString.Invariant(
            $"| {set} | {backbone} | {features} | {width} | {accuracy:F2}{error} | {results.Average(result => result.LogLoss):F4} | {results.Average(result => result.Seconds):F1} |"));
    }

    private sealed record Result(double Accuracy, double LogLoss, double Seconds);

    private sealed record Outcome(string Backbone, string Features, int Width, Result[] Results);
}
