using System.Collections.Immutable;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.TensorFlow.Internal;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>Makes one graph a backbone: converts its nodes, picks what is wanted, names it, and drops the rest.</summary>
internal sealed class GraphConverter
{
    private readonly FrozenGraph graph;
    private readonly OnnxAssembly assembly;
    private readonly ForwardPass pass;
    private readonly GraphFeatures chosen;

    public GraphConverter(FrozenGraph graph, TensorFlowConversion options)
    {
        this.graph = graph;
        assembly = new OnnxAssembly(graph.Source, options.ImageSize);
        pass = new ForwardPass(graph, assembly);
        chosen = GraphFeatures.Choose(graph, pass, options);
    }

    public ConvertedGraph Convert()
    {
        if (chosen.Map is { } map)
        {
            Publish(map.Tensor, "feature_map", Stored(map, "h", "w"));
        }

        Publish(Vector(chosen.Features, "features"), "features", [Proto.Open("N"), Proto.Fixed((int)chosen.Features.Shape[^1])]);
        if (chosen.Logits is { } logits)
        {
            Publish(Vector(logits, "logits"), "logits", [Proto.Open("N"), Size(logits.Shape[^1], "K")]);
        }

        RuntimeValue image = OnlyImage(assembly.Prune(assembly.Graph.Output.Select(output => output.Name)));
        ImmutableArray<GraphNodeName> arithmetic = Arithmetic(image);
        assembly.Rename(image.Tensor, "image");
        long channels = image.Shape[3] == Dimensions.Open ? assembly.ImageChannels ?? 3 : image.Shape[3];
        assembly.Graph.Input.Add(Proto.Value("image", Stored(image with { Shape = image.Shape.SetItem(3, channels) }, "H", "W")));
        return Converted(image, arithmetic);
    }

    private ConvertedGraph Converted(RuntimeValue image, ImmutableArray<GraphNodeName> arithmetic) => new(new ModelProto
    {
        IrVersion = 7,
        ProducerName = "InceptionMl",
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 13 } },
        Graph = assembly.Graph,
    })
    {
        ImageNode = NameOf(image.Image!),
        ImageSize = image.Shape is [_, not Dimensions.Open, not Dimensions.Open, _] ? new Extent((int)image.Shape[1], (int)image.Shape[2]) : null,
        CutOff = image.Image!.Operator == "Placeholder" ? [] : CutOff(image.Image),
        ImageArithmetic = arithmetic,
        FeaturesTensor = chosen.FeaturesName,
        FeatureWidth = (int)chosen.Features.Shape[^1],
        FeatureMapChannels = (int?)chosen.Map?.Shape[3],
        LogitsTensor = chosen.LogitsName,
    };

    private void Publish(string tensor, string name, ReadOnlySpan<Onnx.TensorShapeProto.Types.Dimension> dimensions)
    {
        assembly.Publish(tensor, name);
        assembly.Graph.Output.Add(Proto.Value(name, dimensions));
    }

    // Publishing renames tensors, so a value is looked up by what it is called by now.
    private string Vector(RuntimeValue value, string name)
    {
        string tensor = value == chosen.Map || value.Tensor == chosen.Map?.Tensor ? "feature_map" : value.Tensor;
        tensor = name == "logits" && value.Tensor == chosen.Features.Tensor && value.Shape.Length == 2 ? "features" : tensor;
        if (value.Shape.Length == 2)
        {
            return tensor;
        }

        string pooled = value.Shape is [_, 1, 1, _] ? tensor : assembly.Node($"{name}/pooled", "GlobalAveragePool", [tensor]);
        return assembly.Node($"{name}/flattened", "Flatten", [pooled], Proto.Attribute("axis", 1));
    }

    private RuntimeValue OnlyImage(IReadOnlyList<string> inputs)
    {
        List<RuntimeValue> images = [.. graph.Nodes.Select(node => pass[node]).OfType<RuntimeValue>()
            .Where(value => value.Image is not null && inputs.Contains(value.Tensor)).DistinctBy(value => value.Tensor)];
        if (images is not [RuntimeValue image])
        {
            string found = string.Join(", ", images.Select(value => $"'{value.Image!.Name}' ({value.Image.Operator})"));
            throw assembly.Refusal($"computes the features from {(images.Count == 0 ? "no image" : $"more than one input: {found}")}");
        }

        return image.Shape.Length == Dimensions.MapRank
            ? image
            : throw image.Image!.Refusal($"makes an image of {Dimensions.Text(image.Shape)}; batch, height, width and channels were expected");
    }

    // Front nodes list their ancestors, nearest last, as the file runs them.
    private ImmutableArray<GraphNodeName> CutOff(GraphNode last)
    {
        HashSet<GraphNode> cut = [last];
        foreach (GraphNode node in graph.Nodes.Reverse())
        {
            if (cut.Contains(node))
            {
                cut.UnionWith(node.Inputs.Select(input => graph.Find(input.Node)!));
            }
        }

        return [.. graph.Nodes.Where(cut.Contains).Select(NameOf)];
    }

    private ImmutableArray<GraphNodeName> Arithmetic(RuntimeValue image)
    {
        HashSet<string> behind = [image.Tensor];
        HashSet<string> used = [.. assembly.Graph.Node.Select(node => node.Output[0])];
        List<GraphNodeName> arithmetic = [];
        foreach (GraphNode node in graph.Nodes)
        {
            bool takesImage = node.Inputs.Any(input => pass[graph.Find(input.Node)!] is RuntimeValue from && behind.Contains(from.Tensor));
            if (takesImage && node.Operator is "Sub" or "Mul" or "Add" or "AddV2" or "RealDiv"
                && pass[node] is RuntimeValue { Networked: false } value && used.Contains(value.Tensor))
            {
                behind.Add(value.Tensor);
                arithmetic.Add(NameOf(node));
            }
        }

        return [.. arithmetic];
    }

    private static GraphNodeName NameOf(GraphNode node) => new(node.Name, node.Operator);

    private static Onnx.TensorShapeProto.Types.Dimension[] Stored(RuntimeValue map, string height, string width) =>
        [Proto.Open("N"), Size(map.Shape[3], "C"), Size(map.Shape[1], height), Size(map.Shape[2], width)];

    private static Onnx.TensorShapeProto.Types.Dimension Size(long dimension, string open) =>
        dimension == Dimensions.Open ? Proto.Open(open) : Proto.Fixed((int)dimension);
}
