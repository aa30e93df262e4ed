using InceptionMl.Models.Internal;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>Zero mean and unit variance per column: standardized = (value - mean) * scale. A constant column has scale 0.</summary>
internal sealed record Standardization(double[] Mean, double[] Scale)
{
    // Below this share of the column's magnitude a spread is the rounding of float32, not a signal to be blown up to unit variance.
    private const double RelativeFloor = 1e-6;

    /// <summary>Gets the mean and spread of some rows, each with its weight. Two passes, in double: huge offsets lose nothing.</summary>
    public static Standardization Compute(FeatureMatrix features, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        double[] mean = new double[features.Width];
        double[] variance = new double[features.Width];
        double total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            total += weight;
            Span<float> row = features.Row(rows[i]);
            for (int f = 0; f < row.Length; f++)
            {
                mean[f] += weight * row[f];
            }
        }

        for (int f = 0; f < mean.Length; f++)
        {
            mean[f] /= total;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            Span<float> row = features.Row(rows[i]);
            for (int f = 0; f < row.Length; f++)
            {
                double difference = row[f] - mean[f];
                variance[f] += weight * difference * difference;
            }
        }

        return new Standardization(mean, Scales(mean, variance, total));
    }

    /// <summary>Gets the head over raw values that equals a head over standardized ones.</summary>
    /// <param name="weights">classes x <paramref name="stride"/>, over standardized values.</param>
    /// <param name="stride">Values from one class's weights to the next's.</param>
    /// <param name="bias">One value per class.</param>
    public LinearHead Fold(ReadOnlySpan<double> weights, int stride, ReadOnlySpan<double> bias)
    {
        float[] folded = new float[bias.Length * Mean.Length];
        float[] shifted = new float[bias.Length];
        for (int c = 0; c < bias.Length; c++)
        {
            double offset = bias[c];
            for (int f = 0; f < Mean.Length; f++)
            {
                float weight = (float)(weights[(c * stride) + f] * Scale[f]);
                folded[(c * Mean.Length) + f] = weight;
                offset -= weight * Mean[f];
            }

            shifted[c] = (float)offset;
        }

        return new LinearHead(Mean.Length, folded, shifted);
    }

    private static double[] Scales(double[] mean, double[] variance, double total)
    {
        double[] scale = new double[mean.Length];
        for (int f = 0; f < scale.Length; f++)
        {
            double spread = Math.Sqrt(variance[f] / total);
            scale[f] = spread > RelativeFloor * Math.Abs(mean[f]) && spread > 1e-30 ? 1 / spread : 0;
        }

        return scale;
    }
}
