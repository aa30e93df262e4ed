using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>Joins maps of one height and width on their channels, in the order of the inputs.</summary>
public sealed record Concatenation : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs)
    {
        if (inputs.Count == 0 || inputs[0].Size is not { } size)
        {
            throw new ShapeException("joins one or more maps of height x width x channels");
        }

        if (inputs.Any(input => input.Size != size))
        {
            throw new ShapeException($"cannot join {string.Join(" and ", inputs)}: heights and widths differ");
        }

        return TensorShape.Map(size, inputs.Sum(input => input.Channels));
    }
}
