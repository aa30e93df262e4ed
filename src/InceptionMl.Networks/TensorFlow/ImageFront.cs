using System.Collections.Immutable;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>
/// The front of a published graph, which makes the image: placeholders, decoding, casting, resizing. The last of these that the
/// network sees becomes the graph's input, and all before it is cut off.
/// </summary>
internal static class ImageFront
{
    public static bool Holds(string operation) =>
        operation is "Placeholder" or "Cast" || operation.StartsWith("Decode", StringComparison.Ordinal) || IsResize(operation);

    /// <summary>Gets the image this node makes; its inputs may be whatever cannot be converted, such as the bytes of a file.</summary>
    public static GraphValue Image(GraphNode node, ImmutableArray<GraphValue> inputs, OnnxAssembly assembly)
    {
        if (inputs.Any(input => input.Networked))
        {
            throw node.Refusal("stands behind the network's first convolution, where only the front of a graph has it");
        }

        if (inputs is [ConstantValue, ..])
        {
            throw node.Refusal("takes a constant, not an image");
        }

        return assembly.Image(node, node.Operator switch
        {
            "Placeholder" => Placeholder(node),
            "Cast" => inputs is [RuntimeValue { Image: not null } image, ..] ? image.Shape : Open(4),
            _ when IsResize(node.Operator) => Resized(node, inputs),
            _ => [Dimensions.Open, Dimensions.Open, node.Integer("channels", 0) is > 0 and var channels ? channels : Dimensions.Open],
        });
    }

    private static bool IsResize(string operation) => operation is "ResizeBilinear" or "ResizeBicubic" or "ResizeNearestNeighbor" or "ResizeArea";

    private static ImmutableArray<long> Placeholder(GraphNode node)
    {
        ImmutableArray<long> shape = node.Shape("shape") is { IsEmpty: false } declared ? declared : Open(Dimensions.MapRank);
        return shape.Length == Dimensions.MapRank ? shape.SetItem(0, Dimensions.Open) : shape;
    }

    private static ImmutableArray<long> Resized(GraphNode node, ImmutableArray<GraphValue> inputs)
    {
        (long height, long width) = inputs switch
        {
            [_, ConstantValue { Constant.Integers: [long rows, long columns] }] => (rows, columns),
            [_, ConstantValue] => throw node.Refusal("resizes to a size that is not two integers"),
            _ => (Dimensions.Open, Dimensions.Open),
        };
        long channels = inputs is [RuntimeValue { Shape.Length: Dimensions.MapRank } image, ..] ? image.Shape[3] : Dimensions.Open;
        return [Dimensions.Open, height, width, channels];
    }

    private static ImmutableArray<long> Open(int rank) => [.. Enumerable.Repeat(Dimensions.Open, rank)];
}
