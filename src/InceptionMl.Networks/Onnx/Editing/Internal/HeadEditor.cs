using Google.Protobuf;

namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>
/// Puts a classifier behind a backbone that <see cref="BackboneEditor"/> made: one graph from the prepared image to probabilities,
/// which any ONNX runtime takes.
/// </summary>
public static class HeadEditor
{
    /// <summary>The output that is added: float32 [N, classes], each row summing to 1.</summary>
    public const string ProbabilitiesTensor = "probabilities";

    /// <summary>Returns the model with the outputs <c>probabilities</c> and <c>features</c>, and no other.</summary>
    /// <param name="onnx">A backbone with the output <c>features</c> [N, W].</param>
    /// <param name="head">The classifier over W features.</param>
    /// <param name="metadata">The model's <c>metadata_props</c>, in this order; any it had are replaced.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <returns>The serialized edited model; the same input gives the same bytes.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no such model, or the head is of another width.</exception>
    public static byte[] WithHead(ReadOnlySpan<byte> onnx, ClassifierHead head, IEnumerable<KeyValuePair<string, string>> metadata, string source = BackboneEditor.UnnamedSource)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(metadata);
        ModelProto model = BackboneEditor.Parse(onnx, source);
        BackboneEditor.DefaultOpset(model, source);
        int width = RequireFeatures(model.Graph, source);
        int classes = head.Bias.Length;
        if (classes == 0 || head.Weights.Length != (long)classes * width)
        {
            throw new OnnxFormatException($"{source} has {width} features, for which {classes} classes need {(long)classes * width} weights; the head has {head.Weights.Length}");
        }

        TensorNames names = new(model.Graph, source);
        names.RenameToFresh(ProbabilitiesTensor, ProbabilitiesTensor + "_original");
        Append(model.Graph, names, head, classes, width);
        ReplaceOutputs(model.Graph, classes);
        model.MetadataProps.Clear();
        model.MetadataProps.AddRange(metadata.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model.ToByteArray();
    }

    private static int RequireFeatures(GraphProto graph, string source)
    {
        ValueInfoProto? features = graph.Output.FirstOrDefault(o => o.Name == BackboneEditor.FeaturesTensor);
        return features?.Type?.TensorType?.Shape?.Dim is [_, { DimValue: > 0 and <= int.MaxValue and long width }]
            ? (int)width
            : throw new OnnxFormatException($"{source} has no output '{BackboneEditor.FeaturesTensor}' [N, W] of known width");
    }

    // The temperature goes into Gemm's two factors: (W f + b) / T in one node.
    private static void Append(GraphProto graph, TensorNames names, ClassifierHead head, int classes, int width)
    {
        string weights = names.Fresh("head_weights");
        string bias = names.Fresh("head_bias");
        string logits = names.Fresh("head_logits");
        float factor = (float)(1 / head.Temperature);
        graph.Initializer.Add(Proto.Tensor(weights, [classes, width], head.Weights));
        graph.Initializer.Add(Proto.Tensor(bias, [classes], head.Bias));
        graph.Node.Add(Proto.Node(
            logits,
            "Gemm",
            [BackboneEditor.FeaturesTensor, weights, bias],
            logits,
            Proto.Attribute("alpha", factor),
            Proto.Attribute("beta", factor),
            Proto.Attribute("transB", 1L)));
        graph.Node.Add(Proto.Node(names.Fresh("head_softmax"), "Softmax", [logits], ProbabilitiesTensor, Proto.Attribute("axis", 1L)));
    }

    private static void ReplaceOutputs(GraphProto graph, int classes)
    {
        ValueInfoProto features = graph.Output.First(o => o.Name == BackboneEditor.FeaturesTensor);
        TensorShapeProto.Types.Dimension batch = features.Type.TensorType.Shape.Dim[0].Clone();
        graph.Output.Clear();
        graph.Output.Add(Proto.Value(ProbabilitiesTensor, batch, Proto.Fixed(classes)));
        graph.Output.Add(features);
    }
}

/// <summary>A linear classifier over a backbone's features: softmax((W f + b) / temperature).</summary>
public sealed record ClassifierHead
{
    /// <summary>Gets the weights W, classes x features, row-major.</summary>
    public required ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>Gets the bias b, one value per class; at least one.</summary>
    public required ReadOnlyMemory<float> Bias { get; init; }

    /// <summary>Gets the temperature that divides the logits (Guo et al. 2017); above 0.</summary>
    /// <value>The default is 1, which leaves them as they are.</value>
    public double Temperature { get; init; } = 1;
}
