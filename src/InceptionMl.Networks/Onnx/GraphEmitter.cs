using System.Collections.Immutable;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Onnx;

/// <summary>Writes the graph of one model, layer by layer: a node or two each, named like the layer.</summary>
internal sealed class GraphEmitter
{
    private readonly Network network;
    private readonly OnnxEmission emission;
    private readonly CheckedWeights weights;
    private readonly Folding? folding;
    private readonly GraphProto graph = new();

    // The tensor that holds each layer's output; folded layers share that of the convolution they went into.
    private readonly Dictionary<string, string> tensors = [];

    public GraphEmitter(Network network, IWeights weights, OnnxEmission emission)
    {
        this.network = network;
        this.emission = emission;
        this.weights = new CheckedWeights(weights);
        folding = emission.FoldBatchNormalization ? new Folding(network, this.weights) : null;
    }

    public GraphProto Emit()
    {
        graph.Name = network.Name;
        graph.Input.Add(Map("image", network.Image.Channels, emission.ImageSize, "H", "W"));
        HashSet<string> behindFeatures = [network.Features.Name];
        foreach (Layer layer in network.Layers)
        {
            // Behind the features stands only what makes the logits.
            if (!emission.Logits && layer.Inputs.Any(behindFeatures.Contains))
            {
                behindFeatures.Add(layer.Name);
            }
            else if (!tensors.ContainsKey(layer.Name))
            {
                Emit(layer);
            }
        }

        AddOutputs();
        return graph;
    }

    private void Emit(Layer layer)
    {
        switch (layer.Operation)
        {
            case ImageInput:
                EmitImage(layer);
                break;
            case Convolution convolution:
                EmitConvolution(layer, convolution);
                break;
            case BatchNormalization normalization:
                EmitNormalization(layer, normalization);
                break;
            case Relu:
                Node(layer, "Relu");
                break;
            case MaxPool pool:
                Node(layer, "MaxPool", [.. WindowAttributes(pool.Window), Proto.Attribute("ceil_mode", pool.Window.Ceil ? 1 : 0)]);
                break;
            case AveragePool pool:
                EmitAveragePool(layer, pool);
                break;
            case LocalResponseNormalization lrn:
                Node(
                    layer,
                    "LRN",
                    Proto.Attribute("size", lrn.Size),
                    Proto.Attribute("alpha", lrn.Alpha),
                    Proto.Attribute("beta", lrn.Beta),
                    Proto.Attribute("bias", lrn.Bias));
                break;
            case Concatenation:
                Node(layer, "Concat", Proto.Attribute("axis", 1));
                break;
            case ScaledAddition addition:
                EmitAddition(layer, addition);
                break;
            case GlobalAveragePool:
                EmitGlobalPool(layer);
                break;
            case Dense:
                Node(layer, "Gemm", [tensors[layer.Inputs[0]], .. Parameters(layer)], Proto.Attribute("transB", 1));
                break;
            default:
                throw new NotSupportedException($"{layer.Operation.Kind} has no ONNX form here.");
        }
    }

    private void EmitImage(Layer layer)
    {
        tensors[layer.Name] = "image";
        if (network.FeatureMap == layer)
        {
            Node(layer, "Identity", ["image"]);
        }
    }

    private void EmitConvolution(Layer layer, Convolution convolution)
    {
        List<string> inputs = [tensors[layer.Inputs[0]]];
        Layer? normalization = folding?.Normalization(layer);
        if (folding is not null && (normalization is not null || convolution.Bias))
        {
            (float[] weight, float[] bias) = folding.Fold(layer);
            inputs.Add(Initializer($"{layer.Name}/weight", layer.Find(ParameterRole.Weight)!.Shape, weight));
            inputs.Add(Initializer($"{layer.Name}/bias", [convolution.Filters], bias));
        }
        else
        {
            inputs.AddRange(Parameters(layer));
        }

        Node(normalization ?? layer, layer.Name, "Conv", inputs, [.. WindowAttributes(convolution.Window)]);
        tensors[layer.Name] = tensors[(normalization ?? layer).Name];
    }

    private void EmitNormalization(Layer layer, BatchNormalization normalization)
    {
        List<string> inputs = [tensors[layer.Inputs[0]]];
        if (!normalization.Gamma)
        {
            int channels = layer.Parameters[0].Shape[0];
            inputs.Add(Initializer($"{layer.Name}/gamma", [channels], Enumerable.Repeat(1f, channels).ToArray()));
        }

        inputs.AddRange(Parameters(layer));
        Node(layer, "BatchNormalization", inputs, Proto.Attribute("epsilon", normalization.Epsilon));
    }

    private void EmitAveragePool(Layer layer, AveragePool pool)
    {
        if (emission.ExplicitPadding && pool.CountPadding && pool.Window.Padding != 0)
        {
            (int height, int width) = (pool.Window.Padding.Height, pool.Window.Padding.Width);
            string padded = $"{layer.Name}/padded";
            graph.Initializer.Add(Proto.Tensor($"{layer.Name}/pads", 0, 0, height, width, 0, 0, height, width));
            graph.Node.Add(Proto.Node(padded, "Pad", [tensors[layer.Inputs[0]], $"{layer.Name}/pads"], padded));
            Node(layer, "AveragePool", [padded], [.. WindowAttributes(pool.Window with { Padding = 0 })]);
        }
        else
        {
            Node(layer, "AveragePool", [.. WindowAttributes(pool.Window), Proto.Attribute("count_include_pad", pool.CountPadding ? 1 : 0)]);
        }
    }

    private void EmitAddition(Layer layer, ScaledAddition addition)
    {
        string branch = tensors[layer.Inputs[1]];
        bool folded = network[layer.Inputs[1]] is { Operation: Convolution { Bias: true } } up && folding?.Scale(up) == addition.Scale;
        if (addition.Scale != 1 && !folded)
        {
            string scaled = $"{layer.Name}/scaled";
            string scale = Initializer($"{layer.Name}/scale", [1], new[] { addition.Scale });
            graph.Node.Add(Proto.Node(scaled, "Mul", [branch, scale], scaled));
            branch = scaled;
        }

        Node(layer, "Add", [tensors[layer.Inputs[0]], branch]);
    }

    private void EmitGlobalPool(Layer layer)
    {
        string pooled = $"{layer.Name}/pooled";
        graph.Node.Add(Proto.Node(layer.Name, "GlobalAveragePool", [tensors[layer.Inputs[0]]], pooled));
        Node(layer, $"{layer.Name}/flatten", "Flatten", [pooled], Proto.Attribute("axis", 1));
    }

    private void AddOutputs()
    {
        NetworkSummary summary = network.At(emission.ImageSize ?? network.Image.Size!.Value);
        foreach (string name in (string[])[network.Features.Name, network.FeatureMap.Name, .. Logits(), .. emission.Layers])
        {
            TensorShape shape = summary[name].Output;
            if (!tensors.TryGetValue(name, out string? tensor))
            {
                throw new ArgumentException($"{network.Name}: '{name}' stands behind the features and is written only with the logits.");
            }

            if (tensor != "image" && graph.Output.All(output => output.Name != tensor))
            {
                graph.Output.Add(shape.Size is null
                    ? Proto.Value(tensor, Proto.Open("N"), Proto.Fixed(shape.Channels))
                    : Map(tensor, shape.Channels, emission.ImageSize is null ? null : shape.Size, $"{tensor}_h", $"{tensor}_w"));
            }
        }
    }

    private IEnumerable<string> Logits() => emission.Logits ? [network.Logits!.Name] : [];

    private void Node(Layer layer, string operation, params ReadOnlySpan<AttributeProto> attributes) =>
        Node(layer, layer.Name, operation, [.. layer.Inputs.Select(input => tensors[input])], attributes);

    private void Node(Layer layer, string operation, List<string> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Node(layer, layer.Name, operation, inputs, attributes);

    private void Node(Layer output, string name, string operation, List<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        tensors[output.Name] = TensorName(output);
        graph.Node.Add(Proto.Node(name, operation, inputs, tensors[output.Name], attributes));
    }

    private string TensorName(Layer layer) =>
        layer == network.FeatureMap ? "feature_map"
        : layer == network.Features ? "features"
        : layer == network.Logits ? "logits"
        : layer.Name;

    private IEnumerable<string> Parameters(Layer layer) => layer.Parameters.Select(parameter =>
        Initializer(parameter.Name, parameter.Shape, weights.Values(parameter)));

    private string Initializer(string name, ImmutableArray<int> shape, ReadOnlyMemory<float> values)
    {
        graph.Initializer.Add(Proto.Tensor(name, shape, values));
        return name;
    }

    private static ValueInfoProto Map(string name, int channels, Extent? size, string height, string width) => Proto.Value(
        name,
        Proto.Open("N"),
        Proto.Fixed(channels),
        size is null ? Proto.Open(height) : Proto.Fixed(size.Value.Height),
        size is null ? Proto.Open(width) : Proto.Fixed(size.Value.Width));

    private static AttributeProto[] WindowAttributes(Window window) =>
    [
        Proto.Attribute("kernel_shape", [window.Kernel.Height, window.Kernel.Width]),
        Proto.Attribute("strides", [window.Stride.Height, window.Stride.Width]),
        Proto.Attribute("pads", [window.Padding.Height, window.Padding.Width, window.Padding.Height, window.Padding.Width]),
    ];
}
