using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>The first input plus a multiple of the second: the residual of Inception-ResNet (Szegedy et al. 2016).</summary>
/// <param name="Scale">What the second input is multiplied by.</param>
public sealed record ScaledAddition(float Scale) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => inputs.Count == 2 && inputs[0] == inputs[1]
        ? inputs[0]
        : throw new ShapeException($"adds two inputs of one shape; these are {string.Join(" and ", inputs)}");
}
