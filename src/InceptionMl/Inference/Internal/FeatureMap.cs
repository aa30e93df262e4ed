using InceptionMl.Models.Internal;

namespace InceptionMl.Inference.Internal;

/// <summary>A map of a network that features are pooled from, of one image.</summary>
/// <param name="Channels">Channels; as many as features are pooled from it.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Channels x Height x Width, row-major.</param>
/// <param name="Pooling">How the positions become one feature per channel.</param>
public sealed record FeatureMap(int Channels, int Height, int Width, float[] Values, FeaturePooling Pooling)
{
    // What rounding leaves between the network's pooling and ours, of the largest feature.
    private const double Tolerance = 1e-3;

    /// <summary>Gets the values of one channel, Height x Width.</summary>
    public ReadOnlySpan<float> Channel(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);

    /// <summary>Determines whether the features are the channels pooled over all positions, and nothing else.</summary>
    public bool PoolsTo(ReadOnlySpan<float> features)
    {
        if (features.Length != Channels || Height * Width == 0)
        {
            return false;
        }

        double largest = 0;
        double furthest = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            largest = Math.Max(largest, Math.Abs(features[channel]));
            furthest = Math.Max(furthest, Math.Abs(Pool(Channel(channel)) - features[channel]));
        }

        return furthest <= Tolerance * largest;
    }

    private double Pool(ReadOnlySpan<float> values)
    {
        double sum = 0;
        double highest = double.NegativeInfinity;
        foreach (float value in values)
        {
            sum += value;
            highest = Math.Max(highest, value);
        }

        return Pooling == FeaturePooling.Max ? highest : sum / values.Length;
    }
}
