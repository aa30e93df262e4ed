using System.Collections.Immutable;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>The ONNX graph while it is put together: its nodes in order, each constant once in each form, names without clashes.</summary>
internal sealed class OnnxAssembly(string source, Extent? imageSize)
{
    private static readonly ImmutableArray<string> Reserved = ["image", "features", "feature_map", "logits"];

    private readonly HashSet<string> names = [.. Reserved];
    private readonly HashSet<string> published = [];
    private readonly Dictionary<(Constant Constant, string Form), string> initializers = [];

    public GraphProto Graph { get; } = new() { Name = "inception" };

    public ValueBudget Budget { get; } = new();

    /// <summary>Gets the number of channels the first convolution wants, where the graph does not say how many the image has.</summary>
    public long? ImageChannels { get; private set; }

    /// <summary>False where another convolution wants other channels of the image.</summary>
    public bool TryRequireImageChannels(long channels) => (ImageChannels ??= channels) == channels;

    /// <summary>Gets the image of this shape, at the size asked for where one is.</summary>
    public RuntimeValue Image(GraphNode node, ImmutableArray<long> shape)
    {
        if (imageSize is { } size && shape.Length == Dimensions.MapRank)
        {
            shape = [shape[0], size.Height, size.Width, shape[3]];
        }

        if (!Dimensions.AreSane(shape))
        {
            throw node.Refusal($"makes an image of {Dimensions.Text(shape)}");
        }

        return new RuntimeValue(Fresh(node.Name), shape, Depth: 0, Networked: false) { Image = node };
    }

    public string Node(string name, string operation, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string output = Fresh(name);
        Graph.Node.Add(Proto.Node(output, operation, inputs, output, attributes));
        return output;
    }

    public string Integers(string name, params ReadOnlySpan<long> values)
    {
        string fresh = Fresh(name);
        Graph.Initializer.Add(Proto.Tensor(fresh, values));
        return fresh;
    }

    public string Scalar(string name, float value)
    {
        string fresh = Fresh(name);
        Graph.Initializer.Add(Proto.Tensor(fresh, [], new[] { value }));
        return fresh;
    }

    /// <summary>Gets the constant in a form; made once.</summary>
    public string Initializer(GraphNode user, Constant constant, string form, Func<(ImmutableArray<int> Shape, float[] Values)> make)
    {
        if (!initializers.TryGetValue((constant, form), out string? name))
        {
            (ImmutableArray<int> shape, float[] values) = make();
            int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
            if (wrong >= 0)
            {
                throw user.Refusal($"has weights of which one is {values[wrong]}: the file is damaged");
            }

            initializers[(constant, form)] = name = Fresh($"{user.Name}/{form}");
            Graph.Initializer.Add(Proto.Tensor(name, shape, values));
        }

        return name;
    }

    /// <summary>Gives a tensor the name it is known by outside.</summary>
    public void Publish(string tensor, string name)
    {
        if (published.Contains(tensor) || !Graph.Node.Any(node => node.Output[0] == tensor))
        {
            Graph.Node.Add(Proto.Node(name, "Identity", [tensor], name));
        }
        else
        {
            Rename(tensor, name);
        }

        published.Add(name);
    }

    public void Rename(string from, string to)
    {
        foreach (NodeProto node in Graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == from ? to : node.Input[i];
            }

            node.Output[0] = node.Output[0] == from ? to : node.Output[0];
        }
    }

    /// <summary>Drops what these tensors do not need; returns the tensors that are needed and that nothing makes.</summary>
    public IReadOnlyList<string> Prune(IEnumerable<string> wanted)
    {
        HashSet<string> needed = [.. wanted];
        List<NodeProto> kept = [];
        foreach (NodeProto node in Graph.Node.Reverse())
        {
            if (needed.Contains(node.Output[0]))
            {
                needed.UnionWith(node.Input);
                kept.Add(node);
            }
        }

        Graph.Node.Clear();
        Graph.Node.Add(Enumerable.Reverse(kept));
        List<Onnx.TensorProto> tensors = Graph.Initializer.Where(tensor => needed.Contains(tensor.Name)).ToList();
        Graph.Initializer.Clear();
        Graph.Initializer.Add(tensors);
        return needed.Except(kept.Select(node => node.Output[0])).Except(tensors.Select(tensor => tensor.Name)).ToList();
    }

    public WeightException Refusal(string why) => new($"{source} {why}.");

    private string Fresh(string wanted)
    {
        string name = wanted;
        for (int i = 1; !names.Add(name); i++)
        {
            name = FormattableString.Invariant($"{wanted}_{i}");
        }

        return name;
    }
}
