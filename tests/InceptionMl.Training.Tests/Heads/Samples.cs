using InceptionMl.Training.Features;

namespace InceptionMl.Training.Tests.Heads;

/// <summary>Clustered rectified vectors, like a backbone's features, from a fixed seed.</summary>
internal static class Samples
{
    /// <summary>The trainers to try: the one given, or both where null.</summary>
    public static IReadOnlyList<HeadKind> Trainers(HeadKind? kind) => kind is { } only ? [only] : new HeadSettings().Try;

    public static HeadTrainingSet Clustered(int rows, int width, int classes, double noise = 1, int seed = 1)
    {
        Random random = new(seed);
        double[][] centers = [.. Enumerable.Range(0, classes).Select(_ => Normal(random, width))];
        FeatureMatrix features = new(width);
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            labels[i] = i % classes;
            double[] spread = Normal(random, width);
            features.Add([.. spread.Select((value, f) => (float)Math.Max(0, centers[labels[i]][f] + (noise * value)))]);
        }

        return new HeadTrainingSet(features, [.. Enumerable.Range(0, rows)], labels);
    }

    public static HeadTrainingSet Part(HeadTrainingSet set, Func<int, bool> take)
    {
        int[] chosen = [.. Enumerable.Range(0, set.Rows.Length).Where(take)];
        return new HeadTrainingSet(
            set.Features,
            [.. chosen.Select(i => set.Rows[i])],
            [.. chosen.Select(i => set.Labels[i])],
            set.Weights is null ? null : [.. chosen.Select(i => set.Weights[i])]);
    }

    public static HeadTrainingSet Empty(HeadTrainingSet set) => Part(set, _ => false);

    private static double[] Normal(Random random, int count)
        => [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
