using System.Globalization;
using InceptionMl.Backbones;
using InceptionMl.Models.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>
/// What a model says besides a label, on random partitions of each set: a fifth is for the test, the rest is trained on as <c>train</c> does. Temperature,
/// sets of labels, and images of the other sets, which have none of the labels.
/// </summary>
internal static class DecisionFigures
{
    private const double TestShare = 0.2;
    private const int Foreign = 600;
    private static readonly double[] Coverages = [0.9, 0.95];

    public static async Task RunAsync(string[] folders, string[] backbones, int draws, string cache)
    {
        foreach (string name in backbones)
        {
            Backbone backbone = new TrainingSettings { Backbone = new BackboneSettings { Model = name } }.OpenBackbone(packaged: [ResNet18.Backbone]);
            List<(string Name, TrainingRun Run, LabeledFeatures Images, TrainingSettings Settings)> sets = [];
            foreach (string folder in folders)
            {
                TrainingSettings settings = new()
                {
                    Data = [folder],
                    Cache = cache,
                    Backbone = new BackboneSettings { Model = name },
                    Split = new SplitSettings { Test = 0 },
                };
                ImageDataset dataset = settings.OpenDataset();
                TrainingRun run = new(backbone, settings, new TrainOptions().ToFeatureOptions(settings), dataset, TimeProvider.System);
                sets.Add((Path.GetFileName(folder), run, (await run.ExtractAsync(null, CancellationToken.None)).WithoutDoubtfulLabels(), settings));
            }

            Console.WriteLine($"{name}, {draws} partitions\n");
            Console.WriteLine("| images | right | T | log loss without, with | ECE without, with (by chance) | 90 %: covered, size, worst label | 95 % | own unknown | others unknown | AUROC |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
            foreach ((string set, TrainingRun run, LabeledFeatures images, TrainingSettings _) in sets)
            {
                FeatureMatrix[] others = [.. sets.Where(other => other.Name != set).Select(other => other.Images.Features)];
                List<double[]> rows = [];
                for (int draw = 0; draw < draws; draw++)
                {
                    rows.Add(await MeasureAsync(run, images, others, draw));
                }

                double[] mean = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(row => row[i]))];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {set} | {mean[0]:F3} | {mean[1]:F2} | {mean[2]:F3}, {mean[3]:F3} | {mean[4]:F3}, {mean[5]:F3} ({mean[6]:F3}) | {mean[7]:F3}, {mean[8]:F2}, {mean[9]:F2} | {mean[10]:F3}, {mean[11]:F2}, {mean[12]:F2} | {100 * mean[13]:F2} % | {100 * mean[14]:F0} % | {mean[15]:F3} |"));
            }

            sets.ForEach(set => set.Run.Dispose());
        }
    }

    private static async Task<double[]> MeasureAsync(TrainingRun run, LabeledFeatures images, FeatureMatrix[] others, int draw)
    {
        HashSet<int> test = [.. Enumerable.Range(0, images.Readable).GroupBy(row => images.Samples[row].Label, StringComparer.Ordinal).SelectMany((of, label) =>
        {
            int[] rows = [.. of];
            new Random((1000 * draw) + label).Shuffle(rows);
            return rows.Take((int)Math.Round(TestShare * rows.Length));
        })];
        TrainingData data = await run.SplitAsync(images, test, null, null, CancellationToken.None);
        TrainedHead trained = run.Fit(data, warmStart: null, progress: null, CancellationToken.None);
        TrainResult result = run.Evaluate(trained, "model.zip", "model.json");
        double temperature = trained.Calibration!.Temperature;
        ClassificationMetrics raw = data.Split.Evaluate(trained.Head.Divide(1 / temperature), SplitPart.Test);
        HeadTrainingSet held = data.Split.Set(SplitPart.Test);
        double[] sets = [.. Coverages.SelectMany(coverage => Sets(trained, held, coverage))];
        float[] own = [.. held.Rows.Select(row => result.Bank!.Distance(result.Bank.Project(data.Images.Features.Row(row))))];
        float[][] foreign = [.. others.Select((features, set) => Draw(features.Rows, draw + set).Select(row => result.Bank!.Distance(result.Bank.Project(features.Row(row)))).ToArray())];
        float limit = (float)result.Unknown!.Distance;
        return
        [
            result.Test.Accuracy!.Value, temperature, raw.LogLoss!.Value, result.Test.LogLoss!.Value, raw.Ece!.Value, result.Test.Ece!.Value, result.Test.Confidence!.ByChance,
            .. sets,
            own.Count(distance => distance > limit) / (double)own.Length,
            foreign.Average(set => set.Count(distance => distance > limit) / (double)set.Length),
            foreign.Average(set => AreaUnderCurve(own, set)),
        ];
    }

    private static double[] Sets(TrainedHead trained, HeadTrainingSet held, double coverage)
    {
        float[] limits = trained.Scores!.Limits(coverage, trained.Head.Classes);
        int[] images = new int[trained.Head.Classes];
        int[] covered = new int[trained.Head.Classes];
        double size = 0;
        float[] probabilities = new float[trained.Head.Classes];
        for (int i = 0; i < held.Rows.Length; i++)
        {
            trained.Head.Probabilities(held.Features.Row(held.Rows[i]), probabilities);
            IReadOnlyList<int> set = trained.Scores.Set(probabilities, limits);
            images[held.Labels[i]]++;
            covered[held.Labels[i]] += set.Contains(held.Labels[i]) ? 1 : 0;
            size += set.Count;
        }

        return [covered.Sum() / (double)held.Rows.Length, size / held.Rows.Length, Enumerable.Range(0, images.Length).Min(c => covered[c] / (double)Math.Max(1, images[c]))];
    }

    private static int[] Draw(int rows, int seed)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        new Random(seed).Shuffle(order);
        return order[..Math.Min(Foreign, rows)];
    }

    private static double AreaUnderCurve(float[] own, float[] foreign)
    {
        float[] rising = [.. own.Order()];
        return foreign.Average(distance =>
        {
            int place = Array.BinarySearch(rising, distance);
            return (place < 0 ? ~place : place + 0.5) / rising.Length;
        });
    }
}
