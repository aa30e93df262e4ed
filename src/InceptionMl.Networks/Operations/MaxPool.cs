using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

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
