using System.Buffers.Binary;

namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>The tensors that a graph states outright: initializers, and what its Constant nodes hold.</summary>
internal static class GraphConstants
{
    /// <summary>Gets them by name.</summary>
    public static Dictionary<string, TensorProto> Find(GraphProto graph)
    {
        Dictionary<string, TensorProto> constants = new(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer)
        {
            constants[tensor.Name] = tensor;
        }

        foreach (NodeProto node in graph.Node.Where(node => node is { OpType: "Constant", Output.Count: > 0 }))
        {
            if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T is { } value)
            {
                constants[node.Output[0]] = value;
            }
        }

        return constants;
    }

    /// <summary>Gets the values of an int64 tensor; none of another type.</summary>
    public static long[] Int64s(TensorProto tensor)
    {
        if (tensor.DataType != (int)TensorProto.Types.DataType.Int64)
        {
            return [];
        }

        if (tensor.Int64Data.Count > 0)
        {
            return [.. tensor.Int64Data];
        }

        long[] values = new long[tensor.RawData.Length / sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(tensor.RawData.Span[(i * sizeof(long))..]);
        }

        return values;
    }
}
