using System.Buffers.Binary;

namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>
/// Zoos of the past fixed the batch at one image, in the input's shape and in the constants that reshapes take. Both are freed: a 0
/// in a Reshape's shape keeps the dimension that comes in.
/// </summary>
internal static class FreeBatch
{
    /// <summary>Rewrites the reshapes behind the image whose shape begins with 1.</summary>
    public static void Reshapes(GraphProto graph, TensorNames names, string image, string source)
    {
        HashSet<string> behind = new GraphPaths(graph, source).Downstream(image);
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == "Reshape" && node.Input.Count == 2 && behind.Contains(node.Input[0])))
        {
            if (node.Attribute.All(a => a.Name != "allowzero" || a.I == 0) && Constant(graph, node.Input[1]) is [1, _, ..] and var shape)
            {
                shape[0] = 0;
                node.Input[1] = names.Fresh("batch_kept");
                graph.Initializer.Add(Proto.Tensor(node.Input[1], shape));
            }
        }
    }

    private static long[]? Constant(GraphProto graph, string tensor)
    {
        TensorProto? found = graph.Initializer.FirstOrDefault(t => t.Name == tensor)
            ?? graph.Node.FirstOrDefault(n => n.OpType == "Constant" && n.Output.Contains(tensor))?.Attribute.FirstOrDefault(a => a.Name == "value")?.T;
        if (found is not { DataType: (int)TensorProto.Types.DataType.Int64, Dims.Count: 1 })
        {
            return null;
        }

        if (found.Int64Data.Count > 0)
        {
            return [.. found.Int64Data];
        }

        long[] values = new long[found.RawData.Length / sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt64LittleEndian(found.RawData.Span[(i * sizeof(long))..]);
        }

        return values;
    }
}
