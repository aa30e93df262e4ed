using InceptionMl.Inference.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Scoring.Explanations;

/// <summary>
/// Class activation mapping (Zhou et al. 2016), for a linear head over means and maxima of one or more maps. A mean's channel k adds
/// W[label, k] * map[k, y, x] at every position; a maximum's adds W[label, k] * maximum * positions where the maximum is, shared among
/// equals. All lie on the finest grid, coarser ones by area, which keeps their mean. The mean over all positions, plus the bias, is
/// the logit. The head's weights have the standardization folded in, so nothing is left out.
/// </summary>
internal static class ClassActivationMap
{
    /// <summary>Determines whether features are the maps pooled, one map after the other, and nothing else.</summary>
    public static bool Explains(IReadOnlyList<FeatureMap> maps, ReadOnlySpan<float> features)
    {
        foreach (FeatureMap map in maps)
        {
            if (map.Channels > features.Length || !map.PoolsTo(features[..map.Channels]))
            {
                return false;
            }

            features = features[map.Channels..];
        }

        return features.IsEmpty;
    }

    /// <summary>Gets what each position contributes to a label's logit.</summary>
    /// <param name="maps">The maps that the features are pooled from; at least one.</param>
    /// <param name="head">The classifier over them.</param>
    /// <param name="label">The label's place.</param>
    /// <returns>The finest grid: its columns, its rows and its values, row by row.</returns>
    public static (int Width, int Height, float[] Grid) Compute(IReadOnlyList<FeatureMap> maps, LinearHead head, int label)
    {
        int width = maps.Max(map => map.Width);
        int height = maps.Max(map => map.Height);
        double[] sums = new double[height * width];
        ReadOnlySpan<float> weights = head.Weights.Span.Slice(label * head.Width, head.Width);
        foreach (FeatureMap map in maps)
        {
            double[] own = new double[map.Height * map.Width];
            for (int channel = 0; channel < map.Channels; channel++)
            {
                Add(map, channel, weights[channel], own);
            }

            Spread(own, map, sums, width, height);
            weights = weights[map.Channels..];
        }

        return (width, height, Array.ConvertAll(sums, sum => (float)sum));
    }

    private static void Add(FeatureMap map, int channel, double weight, double[] sums)
    {
        ReadOnlySpan<float> values = map.Channel(channel);
        if (map.Pooling == FeaturePooling.Mean)
        {
            for (int position = 0; position < sums.Length; position++)
            {
                sums[position] += weight * values[position];
            }

            return;
        }

        float highest = System.Numerics.Tensors.TensorPrimitives.Max(values);
        double share = weight * highest * values.Length / values.Count(highest);
        for (int position = 0; position < sums.Length; position++)
        {
            sums[position] += values[position] == highest ? share : 0;
        }
    }

    private static void Spread(double[] own, FeatureMap map, double[] sums, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            foreach ((int fromY, double shareY) in Overlaps(y, height, map.Height))
            {
                for (int x = 0; x < width; x++)
                {
                    foreach ((int fromX, double shareX) in Overlaps(x, width, map.Width))
                    {
                        sums[(y * width) + x] += shareY * shareX * own[(fromY * map.Width) + fromX];
                    }
                }
            }
        }
    }

    // The cells of a coarser axis that a cell of the finer one lies in, and how much of it lies in each.
    private static IEnumerable<(int From, double Share)> Overlaps(int cell, int cells, int coarse)
    {
        long start = (long)cell * coarse;
        long end = start + coarse;
        for (long from = start / cells; from * cells < end; from++)
        {
            long overlap = Math.Min(end, (from + 1) * cells) - Math.Max(start, from * cells);
            yield return ((int)from, (double)overlap / coarse);
        }
    }
}
