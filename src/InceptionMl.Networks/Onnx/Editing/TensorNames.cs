namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>
/// The tensor names of one graph: found, renamed everywhere at once, made anew without clashing. New nodes are named from here too,
/// so the names of the graph's own nodes count as taken: ONNX Runtime refuses two nodes of one name.
/// </summary>
internal sealed class TensorNames
{
    private readonly GraphProto graph;
    private readonly string source;
    private readonly HashSet<string> taken = [];

    public TensorNames(GraphProto graph, string source)
    {
        this.source = source;
        this.graph = graph;
        foreach (NodeProto node in graph.Node)
        {
            if (node.Attribute.Any(a => a.G is not null || a.Graphs.Count > 0))
            {
                throw new OnnxFormatException($"{source} has a node '{node.Name}' ({node.OpType}) with a graph of its own; such backbones are not supported");
            }

            taken.Add(node.Name);
            taken.UnionWith(node.Input);
            taken.UnionWith(node.Output);
        }

        taken.UnionWith(graph.Input.Select(i => i.Name));
        taken.UnionWith(graph.Initializer.Select(i => i.Name));
    }

    /// <summary>A name that no tensor and no node bears yet.</summary>
    public string Fresh(string wanted)
    {
        string name = wanted;
        for (int i = 1; !taken.Add(name); i++)
        {
            name = FormattableString.Invariant($"{wanted}_{i}");
        }

        return name;
    }

    public string RenameToFresh(string from, string wanted)
    {
        string to = Fresh(wanted);
        Rename(from, to);
        return to;
    }

    public void RequireProduced(string tensor)
    {
        if (!graph.Node.Any(n => n.Output.Contains(tensor)))
        {
            string[] outputs = [.. graph.Output.Select(o => $"'{o.Name}'")];
            throw new OnnxFormatException($"{source} computes no tensor '{tensor}'; its outputs are {string.Join(", ", outputs)}");
        }
    }

    public void Rename(string from, string to)
    {
        foreach (NodeProto node in graph.Node)
        {
            Replace(node.Input, from, to);
            Replace(node.Output, from, to);
        }

        foreach (ValueInfoProto value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
        {
            value.Name = value.Name == from ? to : value.Name;
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            tensor.Name = tensor.Name == from ? to : tensor.Name;
        }

        taken.Add(to);
    }

    private static void Replace(Google.Protobuf.Collections.RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == from)
            {
                names[i] = to;
            }
        }
    }
}
