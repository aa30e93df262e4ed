using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

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
