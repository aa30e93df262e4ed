using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>What a layer computes, with its settings. The set of operations is closed: an emitter knows them all.</summary>
public abstract record Operation
{
    private protected Operation()
    {
    }

    /// <summary>Gets the operation's name in one word: <c>Convolution</c>.</summary>
    public string Kind => GetType().Name;

    /// <summary>Gets the output's shape.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    /// <exception cref="ShapeException">The operation cannot take them.</exception>
    internal abstract TensorShape OutputShape(IReadOnlyList<TensorShape> inputs);

    /// <summary>Gets the parameters it needs for inputs of these shapes.</summary>
    /// <param name="layer">The layer's name, which begins theirs.</param>
    /// <param name="inputs">The shapes of the inputs.</param>
    internal virtual IEnumerable<Parameter> Parameters(string layer, IReadOnlyList<TensorShape> inputs) => [];

    /// <summary>
    /// Multiply-adds for one image, as the field counts them: those of convolutions and dense layers. Batch normalization folds
    /// into the convolution before it, and pooling multiplies nothing.
    /// </summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    /// <param name="output">The output's shape.</param>
    internal virtual long MultiplyAdds(IReadOnlyList<TensorShape> inputs, TensorShape output) => 0;

    private protected static TensorShape Single(IReadOnlyList<TensorShape> inputs) => inputs.Count == 1
        ? inputs[0]
        : throw new ShapeException($"takes one input, not {inputs.Count}");

    private protected static (Extent Size, int Channels) Map(IReadOnlyList<TensorShape> inputs) => Single(inputs) is { Size: { } size } input
        ? (size, input.Channels)
        : throw new ShapeException($"works on a map of height x width x channels, not on a vector of {inputs[0]}");
}
