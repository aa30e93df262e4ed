using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

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
