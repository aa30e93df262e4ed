using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>The larger of each value and 0.</summary>
public sealed record Relu : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => Single(inputs);
}
