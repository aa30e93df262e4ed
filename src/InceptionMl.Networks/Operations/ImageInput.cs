using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Operations;

/// <summary>The image, prepared as the network's weights want it.</summary>
/// <param name="Channels">3 for color.</param>
public sealed record ImageInput(int Channels) : Operation
{
    internal override TensorShape OutputShape(IReadOnlyList<TensorShape> inputs) =>
        throw new ShapeException("an image takes no input");
}
