using System.Collections.Immutable;

namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>
/// Finds the blocks of a network whose outputs may serve as features beside the last one's (Evci et al. 2022, Head2Toe): the joins,
/// Concat or Add, through which every path from the image to the final pool runs.
/// </summary>
public static class FeatureBlocks
{
    private static readonly ImmutableHashSet<string> Joins = ["Concat", "Add", "Sum"];
    private static readonly ImmutableHashSet<string> Activations = ["Relu", "LeakyRelu", "PRelu", "Clip", "Elu", "HardSwish", "Sigmoid"];
    private static readonly ImmutableHashSet<string> Elementwise =
    [
        .. Activations, "Add", "Sum", "Sub", "Mul", "Div", "BatchNormalization", "LRN", "Dropout", "Identity", "Pad", "Slice", "Gather", "Cast",
        "GlobalAveragePool", "GlobalMaxPool", "InstanceNormalization",
    ];

    /// <summary>Finds the blocks of a serialized ONNX model.</summary>
    /// <param name="onnx">A serialized ONNX ModelProto with its weights inside.</param>
    /// <param name="inputTensor">The image, [N, 3, H, W].</param>
    /// <param name="featuresTensor">The features that the final pool gives.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <returns>The blocks from the image on; the last is the one that the final pool takes. Empty where the features come from no pool.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model.</exception>
    public static ImmutableArray<FeatureBlock> Find(ReadOnlySpan<byte> onnx, string inputTensor, string featuresTensor, string source = BackboneEditor.UnnamedSource)
    {
        GraphProto graph = BackboneEditor.Parse(onnx, source).Graph;
        GraphPaths paths = new(graph, source);
        if (ClassifierTensors.BeforePool(paths, featuresTensor) is not { } last)
        {
            return [];
        }

        HashSet<string> behindImage = paths.Downstream(inputTensor);
        HashSet<NodeProto> beforePool = new(paths.Upstream(last), ReferenceEqualityComparer.Instance);
        NodeProto[] nodes = [.. graph.Node.Where(node => beforePool.Contains(node) && node.Input.Any(behindImage.Contains))];
        Dictionary<string, FeatureBlock> grids = Measure(graph, nodes, inputTensor);
        string[] cuts = [.. Cuts(nodes, inputTensor)];
        List<FeatureBlock> blocks = [];
        foreach (string cut in cuts)
        {
            NodeProto join = paths.Producer(cut)!;
            if (Joins.Contains(join.OpType) && join.Input.Count(behindImage.Contains) > 1 && grids.TryGetValue(Activated(nodes, cuts, cut), out FeatureBlock? block))
            {
                blocks.Add(block);
            }
        }

        if (grids.TryGetValue(last, out FeatureBlock? end) && blocks.LastOrDefault() != end)
        {
            blocks.Add(end);
        }

        return blocks.LastOrDefault()?.Tensor == last ? [.. blocks] : [];
    }

    /// <summary>Describes outputs of blocks that are named.</summary>
    /// <param name="onnx">A serialized ONNX ModelProto with its weights inside.</param>
    /// <param name="inputTensor">The image, [N, 3, H, W].</param>
    /// <param name="tensors">The outputs, in any order.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <returns>A description of each of <paramref name="tensors"/>, in the same order.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model, it computes no such tensor, or the tensor is no map of known channels.</exception>
    public static ImmutableArray<FeatureBlock> Describe(
        ReadOnlySpan<byte> onnx, string inputTensor, IReadOnlyList<string> tensors, string source = BackboneEditor.UnnamedSource)
    {
        GraphProto graph = BackboneEditor.Parse(onnx, source).Graph;
        TensorNames names = new(graph, source);
        HashSet<string> behindImage = new GraphPaths(graph, source).Downstream(inputTensor);
        Dictionary<string, FeatureBlock> grids = Measure(graph, [.. graph.Node.Where(node => node.Input.Any(behindImage.Contains))], inputTensor);
        List<FeatureBlock> blocks = [];
        foreach (string tensor in tensors)
        {
            names.RequireProduced(tensor);
            blocks.Add(grids.TryGetValue(tensor, out FeatureBlock? block) ? block : throw new OnnxFormatException(
                $"{source} has a tensor '{tensor}' of which it does not show that it is a map with a fixed number of channels: name the output of a block"));
        }

        return [.. blocks];
    }

    /// <summary>Gets the number of values of a tensor [N, W], as the graph declares it.</summary>
    /// <param name="onnx">A serialized ONNX ModelProto with its weights inside.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <returns>The number; null if the graph declares none.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model.</exception>
    public static int? DeclaredWidth(ReadOnlySpan<byte> onnx, string tensor, string source = BackboneEditor.UnnamedSource)
    {
        GraphProto graph = BackboneEditor.Parse(onnx, source).Graph;
        return graph.Output.Concat(graph.ValueInfo).FirstOrDefault(value => value.Name == tensor)?.Type?.TensorType?.Shape?.Dim is [_, { DimValue: > 0 and <= int.MaxValue } width, ..]
            ? (int)width.DimValue
            : null;
    }

    /// <summary>
    /// Chooses at most four of a network's blocks, on at least two grids: the last block of each of the last three grids, then the
    /// blocks before them, from the last grid up.
    /// </summary>
    /// <param name="blocks">What <see cref="Find"/> gave.</param>
    /// <returns>The chosen blocks from the image on; empty where all blocks lie on one grid.</returns>
    public static ImmutableArray<FeatureBlock> Choose(ImmutableArray<FeatureBlock> blocks)
    {
        const int Most = 4;
        const int MostGrids = 3;
        FeatureBlock[][] grids = [.. blocks.GroupBy(block => block.Stride).OrderByDescending(grid => grid.Key).Take(MostGrids).Select(grid => grid.Reverse().ToArray())];
        if (grids.Length < 2)
        {
            return [];
        }

        HashSet<FeatureBlock> chosen = [.. grids.Select(grid => grid[0])];
        foreach (FeatureBlock block in grids.SelectMany(grid => grid.Skip(1).Take(1)).Take(Most - chosen.Count))
        {
            chosen.Add(block);
        }

        return [.. blocks.Where(chosen.Contains)];
    }

    // Nodes stand after what they take. Where one tensor alone is still to be taken, all paths run through it.
    private static IEnumerable<string> Cuts(NodeProto[] nodes, string inputTensor)
    {
        Dictionary<string, int> lastUse = new(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Length; i++)
        {
            foreach (string input in nodes[i].Input)
            {
                lastUse[input] = i;
            }
        }

        HashSet<string> waiting = [inputTensor];
        for (int i = 0; i < nodes.Length; i++)
        {
            waiting.RemoveWhere(tensor => lastUse.GetValueOrDefault(tensor, -1) <= i);
            waiting.UnionWith(nodes[i].Output.Where(output => i == nodes.Length - 1 || lastUse.GetValueOrDefault(output, -1) > i));
            if (waiting.Count == 1 && nodes[i].Output.Contains(waiting.Single()))
            {
                yield return waiting.Single();
            }
        }
    }

    private static string Activated(NodeProto[] nodes, string[] cuts, string join) =>
        nodes.Where(node => node.Input.Contains(join)).ToArray() is [{ Output: [var output] } only] && Activations.Contains(only.OpType) && cuts.Contains(output) ? output : join;

    // Channels and strides as far as they follow from weights and attributes; behind an operator not known here nothing is said.
    private static Dictionary<string, FeatureBlock> Measure(GraphProto graph, NodeProto[] nodes, string inputTensor)
    {
        Dictionary<string, TensorProto> weights = GraphConstants.Find(graph);
        Dictionary<string, FeatureBlock> found = new(StringComparer.Ordinal) { [inputTensor] = new(inputTensor, 3, 1) };
        foreach (NodeProto node in nodes.Where(node => node.Output.Count > 0))
        {
            FeatureBlock[] taken = [.. node.Input.Where(found.ContainsKey).Select(input => found[input])];
            if (taken.Length > 0 && Measure(node, taken, weights) is { } block)
            {
                found[node.Output[0]] = block;
            }
        }

        return found;
    }

    private static FeatureBlock? Measure(NodeProto node, FeatureBlock[] taken, Dictionary<string, TensorProto> weights)
    {
        int stride = taken.Max(block => block.Stride);
        string output = node.Output[0];
        return node.OpType switch
        {
            "Conv" when node.Input.Count > 1 && weights.TryGetValue(node.Input[1], out TensorProto? kernel) && kernel.Dims is [> 0 and <= int.MaxValue, ..] =>
                new FeatureBlock(output, (int)kernel.Dims[0], stride * Stride(node)),
            "MaxPool" or "AveragePool" => new FeatureBlock(output, taken[0].Channels, stride * Stride(node)),
            "Concat" when taken.Length == node.Input.Count && (node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 1) is 1 or -3 =>
                new FeatureBlock(output, taken.Sum(block => block.Channels), stride),
            _ when Elementwise.Contains(node.OpType) => new FeatureBlock(output, taken.Max(block => block.Channels), stride),
            _ => null,
        };
    }

    private static int Stride(NodeProto node) =>
        (int)Math.Clamp(node.Attribute.FirstOrDefault(attribute => attribute.Name == "strides")?.Ints.DefaultIfEmpty(1).Max() ?? 1, 1, 64);
}

/// <summary>A block of a network.</summary>
/// <param name="Tensor">Its output, [N, <paramref name="Channels"/>, h, w].</param>
/// <param name="Channels">The number of its channels.</param>
/// <param name="Stride">The pixels of the image from one of its positions to the next.</param>
public sealed record FeatureBlock(string Tensor, int Channels, int Stride);
