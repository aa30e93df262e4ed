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
        Dictionary<string, TensorProto> constants = GraphConstants.Find(graph);
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == "Reshape" && node.Input.Count == 2 && behind.Contains(node.Input[0])))
        {
            if (node.Attribute.All(a => a.Name != "allowzero" || a.I == 0) && constants.GetValueOrDefault(node.Input[1]) is { Dims.Count: 1 } stated
                && GraphConstants.Int64s(stated) is [1, _, ..] and var shape)
            {
                shape[0] = 0;
                node.Input[1] = names.Fresh("batch_kept");
                graph.Initializer.Add(Proto.Tensor(node.Input[1], shape));
            }
        }
    }
}
