namespace InceptionMl.Networks.Graph;

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

/// <summary>The larger of each value and 0.</summary>
public sealed record Relu : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => Single(inputs);
}

/// <summary>The image, prepared as the network's weights want it.</summary>
/// <param name="Channels">3 for color.</param>
public sealed record ImageInput(int Channels) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) =>
        throw new ShapeException("an image takes no input");
}

/// <summary>
/// A two-dimensional convolution. With a 1 x 1 kernel it is one dense layer applied at every position, which moves between
/// channel counts (Lin et al. 2013).
/// </summary>
/// <param name="Filters">Output channels; at least 1.</param>
/// <param name="Window">How the kernel moves.</param>
/// <param name="Bias">Whether a value is added to each output channel.</param>
public sealed record Convolution(int Filters, Window Window, bool Bias = false) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) =>
        TensorShape.Map(Window.Output(Map(inputs).Size), Filters);

    internal override IEnumerable<Parameter> Parameters(string layer, IReadOnlyList<TensorShape> inputs)
    {
        Extent kernel = Window.Kernel;
        yield return new Parameter($"{layer}/weight", ParameterRole.Weight, Filters, inputs[0].Channels, kernel.Height, kernel.Width);
        if (Bias)
        {
            yield return new Parameter($"{layer}/bias", ParameterRole.Bias, Filters);
        }
    }

    internal override long MultiplyAdds(IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        checked(output.Elements * Window.Kernel.Area * inputs[0].Channels);
}

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

/// <summary>The largest value in each window, channel by channel; padding never wins.</summary>
/// <param name="Window">How the window moves.</param>
public sealed record MaxPool(Window Window) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs)
    {
        (Extent size, int channels) = Map(inputs);
        return TensorShape.Map(Window.Output(size), channels);
    }
}

/// <summary>The mean of each window, channel by channel.</summary>
/// <param name="Window">How the window moves; it does not hang over the border.</param>
/// <param name="CountPadding">
/// Whether the zeros of the padding count: torch's avg_pool2d counts them, TensorFlow, Keras and ONNX's default do not.
/// </param>
public sealed record AveragePool(Window Window, bool CountPadding) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs)
    {
        (Extent size, int channels) = Map(inputs);
        return Window.Ceil
            ? throw new ShapeException("an average over a window that hangs over the border has no agreed meaning")
            : TensorShape.Map(Window.Output(size), channels);
    }
}

/// <summary>The mean over all positions, channel by channel: a map becomes a vector.</summary>
public sealed record GlobalAveragePool : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => TensorShape.Vector(Map(inputs).Channels);
}

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

/// <summary>The first input plus a multiple of the second: the residual of Inception-ResNet (Szegedy et al. 2016).</summary>
/// <param name="Scale">What the second input is multiplied by.</param>
public sealed record ScaledAddition(float Scale) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) => inputs.Count == 2 && inputs[0] == inputs[1]
        ? inputs[0]
        : throw new ShapeException($"adds two inputs of one shape; these are {string.Join(" and ", inputs)}");
}
