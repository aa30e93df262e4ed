using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>The mean over all positions, channel by channel: a map becomes a vector.</summary>
public sealed record GlobalAveragePool : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => TensorShape.Vector(Map(inputs).Channels);
}
