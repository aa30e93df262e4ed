using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>A fully connected layer over a vector: y = W x + b.</summary>
/// <param name="Units">Outputs; at least 1.</param>
public sealed record Dense(int Units) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => Single(inputs).Size is null
        ? TensorShape.Vector(Units)
        : throw new ShapeException($"works on a vector, not on a map of {inputs[0]}; pool it first");

    internal override IEnumerable<Parameter> Parameters(string layer, IReadOnlyList<TensorShape> inputs) =>
    [
        new Parameter($"{layer}/weight", ParameterRole.Weight, Units, inputs[0].Channels),
        new Parameter($"{layer}/bias", ParameterRole.Bias, Units),
    ];

    internal override long MultiplyAdds(IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        checked((long)Units * inputs[0].Channels);
}
