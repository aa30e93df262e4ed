namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>What no output of a graph depends on: a classifier behind the features, for one.</summary>
internal static class DeadNodes
{
    /// <summary>Removes the nodes and initializers that no output needs; what remains keeps its order.</summary>
    public static void Remove(GraphProto graph)
    {
        HashSet<string> needed = [.. graph.Output.Select(output => output.Name)];
        List<NodeProto> alive = [];
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (node.Output.Any(needed.Contains))
            {
                alive.Add(node);
                needed.UnionWith(node.Input);
            }
        }

        alive.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(alive);
        TensorProto[] weights = [.. graph.Initializer.Where(tensor => needed.Contains(tensor.Name))];
        HashSet<string> unused = [.. graph.Initializer.Select(tensor => tensor.Name).Where(name => !needed.Contains(name))];
        graph.Initializer.Clear();
        graph.Initializer.AddRange(weights);
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !unused.Contains(input.Name))];
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
    }
}
