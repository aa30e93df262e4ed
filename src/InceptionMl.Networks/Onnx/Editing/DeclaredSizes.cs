namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>
/// Sizes that a graph states outright and ONNX Runtime would take memory for: nodes that make tensors out of a few numbers, and
/// padding. Sizes that only come out of a computation are not seen here.
/// </summary>
internal static class DeclaredSizes
{
    // 1 GiB of float32, as much as a whole file may have.
    private const long MostElements = 1L << 28;

    // A backbone's image has at most 4096 pixels a side.
    private const long WidestPadding = 4096;

    // Which input of a node is the shape of what it makes.
    private static readonly Dictionary<string, int> ShapeInputs =
        new(StringComparer.Ordinal) { ["ConstantOfShape"] = 0, ["Expand"] = 1, ["Tile"] = 1, ["Resize"] = 3 };

    private static readonly Dictionary<string, int> PaddingInputs = new(StringComparer.Ordinal) { ["Pad"] = 1 };

    /// <exception cref="OnnxFormatException">A node makes a tensor that no image network needs.</exception>
    public static void Require(GraphProto graph, string source)
    {
        Dictionary<string, TensorProto> constants = GraphConstants.Find(graph);
        foreach (NodeProto node in graph.Node)
        {
            IEnumerable<long> sizes = Stated(node, constants, ShapeInputs, "shape");
            IEnumerable<long> padding = Stated(node, constants, PaddingInputs, "pads");
            if (sizes.Aggregate((Int128)1, (product, size) => Int128.Min(product * long.Max(size, 1), long.MaxValue)) > MostElements
                || padding.Any(pad => pad is > WidestPadding or < -WidestPadding))
            {
                throw new OnnxFormatException($"{source} has a node '{node.Name}' ({node.OpType}) that makes a tensor larger than any image network needs");
            }
        }
    }

    private static IEnumerable<long> Stated(
        NodeProto node, Dictionary<string, TensorProto> constants, Dictionary<string, int> inputs, string attribute) =>
        inputs.TryGetValue(node.OpType, out int at) && at < node.Input.Count && constants.TryGetValue(node.Input[at], out TensorProto? stated)
            ? GraphConstants.Int64s(stated)
            : node.Attribute.Where(known => known.Name == attribute).SelectMany(known => known.Ints);
}
