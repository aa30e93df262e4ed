using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>
/// Batch normalization at inference (Ioffe and Szegedy 2015): y = gamma (x - mean) / sqrt(variance + epsilon) + beta, a channel.
/// </summary>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Gamma">Whether there is a gamma; without one it is 1.</param>
public sealed record BatchNormalization(float Epsilon, bool Gamma) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs)
    {
        (Extent size, int channels) = Map(inputs);
        return TensorShape.Map(size, channels);
    }

    internal override IEnumerable<Parameter> Parameters(string layer, IReadOnlyList<TensorShape> inputs)
    {
        int channels = inputs[0].Channels;
        if (Gamma)
        {
            yield return new Parameter($"{layer}/gamma", ParameterRole.Gamma, channels);
        }

        yield return new Parameter($"{layer}/beta", ParameterRole.Beta, channels);
        yield return new Parameter($"{layer}/mean", ParameterRole.Mean, channels);
        yield return new Parameter($"{layer}/variance", ParameterRole.Variance, channels);
    }
}
