namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>Counts the multiplications, each with an addition, that the convolutions of a network take.</summary>
public static class MultiplyAdds
{
    /// <summary>Counts those of one image.</summary>
    /// <param name="onnx">A serialized ONNX ModelProto with its weights inside and one input [N, 3, H, W] of fixed size.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <returns>
    /// The count, of convolutions alone, which take nearly all of the time. What follows an operator not known here is taken to be as large
    /// as what the operator takes.
    /// </returns>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model.</exception>
    public static long Count(ReadOnlySpan<byte> onnx, string source = BackboneEditor.UnnamedSource)
    {
        GraphProto graph = BackboneEditor.Parse(onnx, source).Graph;
        Dictionary<string, TensorProto> weights = GraphConstants.Find(graph);
        Dictionary<string, (long Height, long Width)> sizes = [];
        foreach (ValueInfoProto input in graph.Input)
        {
            if (input.Type?.TensorType?.Shape?.Dim is [_, _, { DimValue: > 0 } height, { DimValue: > 0 } width])
            {
                sizes[input.Name] = (height.DimValue, width.DimValue);
            }
        }

        long count = 0;
        foreach (NodeProto node in graph.Node)
        {
            if (node.Input.FirstOrDefault(sizes.ContainsKey) is not { } from)
            {
                continue;
            }

            (long Height, long Width) size = Size(node, sizes[from], weights);
            if (node.OpType == "Conv" && node.Input.Count > 1 && weights.TryGetValue(node.Input[1], out TensorProto? kernel))
            {
                count += size.Height * size.Width * kernel.Dims.Aggregate(1L, (product, side) => product * side);
            }

            foreach (string output in node.Output)
            {
                sizes[output] = size;
            }
        }

        return count;
    }

    private static (long Height, long Width) Size(NodeProto node, (long Height, long Width) from, Dictionary<string, TensorProto> weights)
    {
        if (node.OpType.StartsWith("Global", StringComparison.Ordinal))
        {
            return (1, 1);
        }

        long[]? kernel = Longs(node, "kernel_shape")
            ?? (node.OpType == "Conv" && node.Input.Count > 1 && weights.TryGetValue(node.Input[1], out TensorProto? tensor) && tensor.Dims.Count == 4 ? [tensor.Dims[2], tensor.Dims[3]] : null);
        if (node.OpType is not ("Conv" or "MaxPool" or "AveragePool") || kernel is not [_, _])
        {
            return from;
        }

        long[] strides = Longs(node, "strides") ?? [1, 1];
        long[] dilations = Longs(node, "dilations") ?? [1, 1];
        bool isSame = node.Attribute.FirstOrDefault(attribute => attribute.Name == "auto_pad")?.S.ToStringUtf8().StartsWith("SAME", StringComparison.Ordinal) == true;
        bool roundsUp = node.Attribute.FirstOrDefault(attribute => attribute.Name == "ceil_mode")?.I == 1;
        long[] pads = Longs(node, "pads") ?? [0, 0, 0, 0];
        return (Side(from.Height, 0), Side(from.Width, 1));

        long Side(long side, int axis)
        {
            long stride = Math.Max(1, strides[axis]);
            long span = side + pads[axis] + pads[axis + 2] - (dilations[axis] * (kernel[axis] - 1)) - 1;
            return Math.Max(1, isSame ? (side + stride - 1) / stride : ((span + (roundsUp ? stride - 1 : 0)) / stride) + 1);
        }
    }

    private static long[]? Longs(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.Ints is { Count: > 0 } values ? [.. values] : null;
}
