using System.Numerics.Tensors;

namespace InceptionMl.Models.Internal;

/// <summary>
/// A linear classifier head: logits = W f + b over a feature vector f, probabilities by softmax. The standardization a head was
/// fitted with is already folded into W and b.
/// </summary>
public sealed class LinearHead
{
    private readonly float[] weights;
    private readonly float[] bias;

    /// <summary>Creates a head.</summary>
    /// <param name="width">Values per feature vector; at least 1.</param>
    /// <param name="weights">classes x width, row-major: one row per class.</param>
    /// <param name="bias">One value per class; at least one.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other, or a value is not finite.</exception>
    public LinearHead(int width, float[] weights, float[] bias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(bias);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (bias.Length == 0 || weights.LongLength != (long)bias.Length * width)
        {
            throw new ArgumentException($"{bias.Length} classes x {width} features need {(long)bias.Length * width} weights; there are {weights.Length}.", nameof(weights));
        }

        if (!Array.TrueForAll(weights, float.IsFinite) || !Array.TrueForAll(bias, float.IsFinite))
        {
            throw new ArgumentException("A weight or a bias is not a finite number.", nameof(weights));
        }

        Width = width;
        this.weights = weights;
        this.bias = bias;
    }

    /// <summary>Gets the number of values per feature vector.</summary>
    public int Width { get; }

    /// <summary>Gets the number of classes.</summary>
    public int Classes => bias.Length;

    /// <summary>Gets the weights, classes x width, row-major.</summary>
    public ReadOnlyMemory<float> Weights => weights;

    /// <summary>Gets the bias, one value per class.</summary>
    public ReadOnlyMemory<float> Bias => bias;

    /// <summary>Writes the logits of one feature vector.</summary>
    /// <param name="features"><see cref="Width"/> values.</param>
    /// <param name="logits">A buffer of <see cref="Classes"/> values.</param>
    public void Logits(ReadOnlySpan<float> features, Span<float> logits)
    {
        for (int c = 0; c < bias.Length; c++)
        {
            logits[c] = Logit(features, c);
        }
    }

    /// <summary>Creates a head whose logits are those of this one divided by a number.</summary>
    /// <param name="temperature">Above 0.</param>
    public LinearHead Divide(double temperature) => new(
        Width, Array.ConvertAll(weights, weight => (float)(weight / temperature)), Array.ConvertAll(bias, value => (float)(value / temperature)));

    /// <summary>Gets the logit of one class.</summary>
    internal float Logit(ReadOnlySpan<float> features, int label) =>
        TensorPrimitives.Dot(features, weights.AsSpan(label * Width, Width)) + bias[label];

    /// <summary>Writes the probabilities of one feature vector: softmax(logits / temperature), summing to 1.</summary>
    /// <param name="features"><see cref="Width"/> values.</param>
    /// <param name="probabilities">A buffer of <see cref="Classes"/> values.</param>
    /// <param name="temperature">Calibration temperature (Guo et al. 2017); 1 leaves the logits as they are.</param>
    public void Probabilities(ReadOnlySpan<float> features, Span<float> probabilities, double temperature = 1)
    {
        Logits(features, probabilities);
        Softmax.InPlace(probabilities, temperature);
    }
}
