using InceptionMl.Inference.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Scoring.Explanations;

/// <summary>
/// Class activation mapping (Zhou et al. 2016): map[y, x] = sum over k of W[label, k] * featureMap[k, y, x]. The head's weights have
/// the standardization folded in, so nothing is left out.
/// </summary>
internal static class ClassActivationMap
{
    public static float[] Compute(FeatureMap map, LinearHead head, int label)
    {
        ReadOnlySpan<float> weights = head.Weights.Span.Slice(label * head.Width, head.Width);
        double[] sums = new double[map.Height * map.Width];
        for (int channel = 0; channel < map.Channels; channel++)
        {
            ReadOnlySpan<float> values = map.Channel(channel);
            for (int position = 0; position < sums.Length; position++)
            {
                sums[position] += (double)weights[channel] * values[position];
            }
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }
}
