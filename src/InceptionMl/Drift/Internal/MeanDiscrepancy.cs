using System.Numerics.Tensors;
using InceptionMl.Internal;

namespace InceptionMl.Drift.Internal;

/// <summary>
/// Maximum mean discrepancy of two samples with a Gaussian kernel, as wide as the median distance (Gretton, Borgwardt, Rasch, Schölkopf and Smola,
/// "A kernel two-sample test", 2012). How likely one so large is by chance is found by dealing the pooled samples anew; it stops early where it is clear
/// that chance does as much (Besag and Clifford, "Sequential Monte Carlo p-values", 1991).
/// </summary>
public static class MeanDiscrepancy
{
    private const int MostDeals = 9_999;
    private const int DealsAtOnce = 99;
    private const int EnoughAsLarge = 25;

    // Deals that give the same but for rounding count as equal.
    private const double Rounding = 1e-6;

    /// <summary>Compares two samples.</summary>
    /// <param name="first">Vectors of one width.</param>
    /// <param name="second">Others; at least one in each.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between deals.</param>
    /// <returns>The discrepancy, 0 to about 1, and the probability of one at least so large were both of one kind.</returns>
    public static (double Discrepancy, double PValue) Compare(
        IReadOnlyCollection<float[]> first, IReadOnlyCollection<float[]> second, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentOutOfRangeException.ThrowIfZero(first.Count);
        ArgumentOutOfRangeException.ThrowIfZero(second.Count);
        float[][] kernel = Kernel([.. first, .. second]);
        double[] rows = [.. kernel.Select(row => (double)TensorPrimitives.Sum<float>(row))];
        double own = Squared(kernel, rows, [.. Enumerable.Range(0, first.Count)]);
        int deals = 0;
        int asLarge = 0;
        while (deals < MostDeals && asLarge < EnoughAsLarge)
        {
            bool[] large = new bool[DealsAtOnce];
            int before = deals;
            Parallel.For(0, DealsAtOnce, new ParallelOptions { CancellationToken = cancellationToken }, i =>
                large[i] = Squared(kernel, rows, Deal(rows.Length, first.Count, (ulong)(before + i))) >= own - (Rounding * Math.Abs(own)));
            deals += DealsAtOnce;
            asLarge += large.Count(one => one);
        }

        return (Math.Sqrt(Math.Max(0, own)), (1.0 + asLarge) / (1.0 + deals));
    }

    private static float[][] Kernel(float[][] vectors)
    {
        float[][] kernel = [.. vectors.Select(_ => new float[vectors.Length])];
        Parallel.For(0, vectors.Length, i =>
        {
            for (int j = 0; j < i; j++)
            {
                float distance = TensorPrimitives.Distance<float>(vectors[i], vectors[j]);
                kernel[i][j] = distance * distance;
            }
        });
        float[] apart = [.. kernel.SelectMany((row, i) => row.Take(i))];
        Array.Sort(apart);
        float median = apart[apart.Length / 2];
        float scale = median > 0 ? -1 / (2 * median) : -1;
        for (int i = 0; i < vectors.Length; i++)
        {
            kernel[i][i] = 1;
            for (int j = 0; j < i; j++)
            {
                kernel[i][j] = kernel[j][i] = MathF.Exp(kernel[i][j] * scale);
            }
        }

        return kernel;
    }

    // From the sums within the first sample and over all: those between the samples and within the second follow.
    private static double Squared(float[][] kernel, double[] rows, int[] first)
    {
        float[] isFirst = new float[rows.Length];
        foreach (int i in first)
        {
            isFirst[i] = 1;
        }

        double within = 0;
        double toAll = 0;
        foreach (int i in first)
        {
            within += TensorPrimitives.Dot<float>(kernel[i], isFirst);
            toAll += rows[i];
        }

        double n = first.Length;
        double m = rows.Length - n;
        double between = toAll - within;
        double others = rows.Sum() - toAll - between;
        return (within / n / n) - (2 * between / n / m) + (others / m / m);
    }

    // The first of a Fisher-Yates shuffle.
    private static int[] Deal(int all, int count, ulong seed)
    {
        SplitMix64 random = new(seed);
        int[] places = [.. Enumerable.Range(0, all)];
        for (int i = 0; i < count; i++)
        {
            int other = i + (int)(random.Next() % (ulong)(all - i));
            (places[i], places[other]) = (places[other], places[i]);
        }

        return places[..count];
    }
}
