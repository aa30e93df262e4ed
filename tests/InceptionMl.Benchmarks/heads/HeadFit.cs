using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using InceptionMl.Models.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Features;

namespace InceptionMl.Benchmarks.Heads;

/// <summary>
/// Times one fit at a given L2 for every line on standard input, so that another implementation can take turns with it; answers
/// each with a line of JSON. The rows are little-endian float32 and int32.
/// </summary>
internal static class HeadFit
{
    public static void Run(string vectors, string labelsPath, string width, string l2, string tolerance)
    {
        int[] labels = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(labelsPath)).ToArray();
        FeatureMatrix features = new(int.Parse(width, CultureInfo.InvariantCulture));
        float[] row = new float[features.Width];
        using (FileStream file = File.OpenRead(vectors))
        {
            for (int i = 0; i < labels.Length; i++)
            {
                file.ReadExactly(MemoryMarshal.AsBytes(row.AsSpan()));
                features.Add(row);
            }
        }

        HeadTrainingSet set = new(features, [.. Enumerable.Range(0, labels.Length)], labels);
        while (Console.ReadLine() is not null)
        {
            Stopwatch watch = Stopwatch.StartNew();
            double objective = double.NaN;
            (LinearHead head, int iterations) = new LogisticRegression(set, labels.Max() + 1, new HeadOptions()).Fit(
                Number(l2), null, Number(tolerance), (_, value) => objective = value, CancellationToken.None);
            double seconds = watch.Elapsed.TotalSeconds;
            HeadScore score = HeadScore.Compute(head, set);
            Console.WriteLine(JsonSerializer.Serialize(new { seconds, iterations, objective, logLoss = score.LogLoss, accuracy = score.Accuracy }));
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
