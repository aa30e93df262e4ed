namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>Which node makes a tensor, and what depends on what.</summary>
internal sealed class GraphPaths
{
    private readonly GraphProto graph;
    private readonly Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);

    public GraphPaths(GraphProto graph, string source)
    {
        this.graph = graph;
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                if (!producers.TryAdd(output, node))
                {
                    throw new OnnxFormatException($"{source} computes the tensor '{output}' twice");
                }
            }
        }

        RequireOrder(source);
    }

    public NodeProto? Producer(string tensor) => producers.GetValueOrDefault(tensor);

    /// <summary>Gets the nodes a tensor is computed by, nearest first.</summary>
    public IEnumerable<NodeProto> Upstream(string tensor)
    {
        HashSet<NodeProto> seen = new(ReferenceEqualityComparer.Instance);
        Queue<string> waiting = new([tensor]);
        while (waiting.TryDequeue(out string? next))
        {
            if (Producer(next) is { } node && seen.Add(node))
            {
                yield return node;
                foreach (string input in node.Input)
                {
                    waiting.Enqueue(input);
                }
            }
        }
    }

    /// <summary>A tensor and all that depend on it; the nodes of a graph stand after what they take.</summary>
    public HashSet<string> Downstream(string tensor)
    {
        HashSet<string> behind = new(StringComparer.Ordinal) { tensor };
        foreach (NodeProto node in graph.Node.Where(node => node.Input.Any(behind.Contains)))
        {
            behind.UnionWith(node.Output);
        }

        return behind;
    }

    // The format demands it, and it rules out cycles.
    private void RequireOrder(string source)
    {
        HashSet<string> made = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            if (node.Input.FirstOrDefault(input => producers.ContainsKey(input) && !made.Contains(input)) is { } early)
            {
                throw new OnnxFormatException($"{source} has a node '{node.Name}' ({node.OpType}) that takes '{early}' before it is made");
            }

            made.UnionWith(node.Output);
        }
    }
}

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
