using System.Diagnostics;
using System.Globalization;
using InceptionMl.Training;
using InceptionMl.Training.Features;

namespace InceptionMl.Benchmarks.Heads;

/// <summary>
/// Searches a head over 5,000 x 2,048 rectified features of 10 classes within each given time, judged by 5 folds, by 50, and by 2,000
/// validation rows, and writes what it took; first the whole search.
/// </summary>
internal static class HeadBudget
{
    private const int Rows = 5000;
    private const int Width = 2048;
    private const int Classes = 10;
    private const double Noise = 12;

    public static void Run(IReadOnlyList<string> budgets)
    {
        HeadTrainingSet set = Features();
        HeadTrainingSet train = Part(set, 0, Rows - 2000), validation = Part(set, Rows - 2000, Rows);
        foreach (int folds in (int[])[5, 50, 0])
        {
            foreach (double? budget in (double?[])[null, .. budgets.Select(text => double.Parse(text, CultureInfo.InvariantCulture))])
            {
                if (folds != 5 && budget is null)
                {
                    continue;
                }

                Stopwatch watch = Stopwatch.StartNew();
                HeadSearchResult result = HeadSearch.Run(
                    train, validation, Classes, new HeadOptions(new TrainingSettings { Split = new SplitSettings { Folds = folds }, Heads = new HeadSettings { TimeBudgetSeconds = budget } }));
                Console.WriteLine(FormattableString.Invariant(
                    $"folds {folds}, budget {(budget?.ToString("F1", CultureInfo.InvariantCulture) ?? "none"),5} s: took {watch.Elapsed.TotalSeconds:F2} s, {result.Candidates.Count} candidates, L2 {result.L2:G3}, log loss {result.ValidationLogLoss:F4}"));
            }
        }
    }

    private static HeadTrainingSet Features()
    {
        Random random = new(1);
        float[][] centers = [.. Enumerable.Range(0, Classes).Select(_ => Normal(random))];
        FeatureMatrix features = new(Width);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row % Classes)];
        foreach (int label in labels)
        {
            float[] spread = Normal(random);
            features.Add([.. spread.Select((value, f) => (float)Math.Max(0, centers[label][f] + (Noise * value)))]);
        }

        return new HeadTrainingSet(features, [.. Enumerable.Range(0, Rows)], labels);
    }

    private static HeadTrainingSet Part(HeadTrainingSet set, int from, int to) => new(set.Features, set.Rows[from..to], set.Labels[from..to]);

    private static float[] Normal(Random random)
    {
        float[] values = new float[Width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        }

        return values;
    }
}
