using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>
/// Local response normalization across channels (Krizhevsky et al. 2012): y = x / (bias + alpha / size * sum of squares)^beta, the
/// sum over the <paramref name="Size"/> nearest channels.
/// </summary>
/// <param name="Size">Channels summed over; odd.</param>
/// <param name="Alpha">Weight of the mean square.</param>
/// <param name="Beta">The exponent.</param>
/// <param name="Bias">What the sum is added to.</param>
public sealed record LocalResponseNormalization(int Size, float Alpha, float Beta, float Bias) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs)
    {
        (Extent size, int channels) = Map(inputs);
        return TensorShape.Map(size, channels);
    }
}
