namespace InceptionMl.Inference.Internal;

/// <summary>A network's output before pooling, of one image.</summary>
/// <param name="Channels">Channels; as many as features where the features are its averages.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Values">Channels x Height x Width, row-major.</param>
public sealed record FeatureMap(int Channels, int Height, int Width, float[] Values)
{
    // What rounding leaves between the network's average and ours, of the largest feature.
    private const double Tolerance = 1e-3;

    /// <summary>Gets the values of one channel, Height x Width.</summary>
    public ReadOnlySpan<float> Channel(int channel) => Values.AsSpan(channel * Height * Width, Height * Width);

    /// <summary>Determines whether the features are the channels' averages over all positions, and nothing else.</summary>
    public bool AveragesTo(ReadOnlySpan<float> features)
    {
        if (features.Length != Channels || Height * Width == 0)
        {
            return false;
        }

        double largest = 0;
        double furthest = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            double sum = 0;
            foreach (float value in Channel(channel))
            {
                sum += value;
            }

            largest = Math.Max(largest, Math.Abs(features[channel]));
            furthest = Math.Max(furthest, Math.Abs((sum / (Height * Width)) - features[channel]));
        }

        return furthest <= Tolerance * largest;
    }
}
