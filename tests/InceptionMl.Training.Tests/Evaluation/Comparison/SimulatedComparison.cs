using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Tests.Evaluation.Comparison;

/// <summary>
/// Two models on the same images, drawn at random: right in about 82 % of them, with a quarter of the challenger's answers drawn anew. The benchmark
/// <c>evidence --sections promotion</c> draws them alike.
/// </summary>
internal static class SimulatedComparison
{
    private static readonly string[] Labels = ["a", "b"];

    /// <summary>Draws a comparison.</summary>
    /// <param name="random">Where from.</param>
    /// <param name="images">How many test images.</param>
    /// <param name="loss">How much less accurate the challenger truly is, 0 to 1.</param>
    public static ModelComparison Draw(Random random, int images, double loss)
    {
        // Near the mean, a point of accuracy is so much of the logit.
        double shift = 12.4 * loss;
        MetricsAccumulator before = new(Labels);
        MetricsAccumulator after = new(Labels);
        List<ModelComparison.PairedPrediction> differences = [];
        double[] changes = new double[images];
        for (int i = 0; i < images; i++)
        {
            int truth = i % 2;
            double center = 2.2 + (2.2 * Normal(random));
            double own = Normal(random);
            double other = random.NextDouble() < 0.25 ? Normal(random) : own;
            (double first, double second) = (Sigmoid(center + own), Sigmoid(center + other - shift));
            before.Add(truth, Probabilities(truth, first));
            after.Add(truth, Probabilities(truth, second));
            changes[i] = 1.4 * (((1 - second) * (1 - second)) - ((1 - first) * (1 - first)));
            if (first > 0.5 != second > 0.5)
            {
                differences.Add(new ModelComparison.PairedPrediction($"{i}", Labels[truth], Labels[first > 0.5 ? truth : 1 - truth], first, Labels[second > 0.5 ? truth : 1 - truth], second));
            }
        }

        double mean = changes.Average();
        double error = Math.Sqrt(changes.Sum(change => (change - mean) * (change - mean)) / (images - 1) / images);
        return new ModelComparison { Champion = before.ToMetrics(), Challenger = after.ToMetrics(), Differences = differences, BrierChange = new ModelComparison.Difference(mean, error) };
    }

    private static float[] Probabilities(int truth, double ofTruth) => truth == 0 ? [(float)ofTruth, (float)(1 - ofTruth)] : [(float)(1 - ofTruth), (float)ofTruth];

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
