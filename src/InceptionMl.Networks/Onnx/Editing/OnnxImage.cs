namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>The one image that a graph takes.</summary>
internal static class OnnxImage
{
    private const int Channels = 3;

    /// <summary>Gets the graph's only input that is no weight.</summary>
    /// <exception cref="OnnxFormatException">There are others, or it is no float32 [N, 3, height, width].</exception>
    public static ValueInfoProto Find(GraphProto graph, string source)
    {
        HashSet<string> initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !initializers.Contains(input.Name))];
        if (inputs is not [ValueInfoProto image])
        {
            throw new OnnxFormatException($"{source} has {inputs.Length} inputs; a backbone takes one image and nothing else");
        }

        if (image.Type?.TensorType is { ElemType: not (int)TensorProto.Types.DataType.Float } other)
        {
            throw new OnnxFormatException(
                $"{source} takes '{image.Name}' as {((TensorProto.Types.DataType)other.ElemType).ToString().ToLowerInvariant()}, where float32 is needed: export it again in float32");
        }

        if (image.Type?.TensorType is not { ElemType: (int)TensorProto.Types.DataType.Float, Shape.Dim.Count: 4 })
        {
            throw new OnnxFormatException($"{source} takes '{image.Name}', which is no float32 image of batch, channels, height and width");
        }

        if (Fixed(image, 0) is > 1)
        {
            throw new OnnxFormatException(FormattableString.Invariant(
                $"{source} takes batches of {Fixed(image, 0)} images and no other number: export it again with a batch of 1 or an open one (dynamic_axes in PyTorch)"));
        }

        if (Fixed(image, 1) is not (null or Channels))
        {
            string why = Fixed(image, 3) == Channels ? ": channels must come before height and width, so export it again that way" : "";
            throw new OnnxFormatException(FormattableString.Invariant($"{source} takes an image of {Fixed(image, 1)} channels, where {Channels} are needed{why}"));
        }

        return image;
    }

    /// <summary>A dimension's size; null if it is open.</summary>
    public static int? Fixed(ValueInfoProto image, int dimension) =>
        image.Type.TensorType.Shape.Dim[dimension] is { DimValue: > 0 and <= int.MaxValue and var size } ? (int)size : null;
}
