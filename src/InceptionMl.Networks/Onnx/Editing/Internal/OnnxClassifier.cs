using Google.Protobuf;

namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>
/// An ONNX file as model zoos publish it: a classifier whose batch is often fixed at one image and whose pooled tensor is hidden.
/// Which tensors are the features, the map they are the mean of and the logits is found in the graph; their sizes are for ONNX
/// Runtime to say, which runs the <see cref="Probe"/>.
/// </summary>
public sealed class OnnxClassifier
{
    private const string ImageTensor = "image";
    private const string LogitsOutput = "logits";
    private const long LargestFile = 1L << 30;

    private readonly ModelProto model;

    private OnnxClassifier(ModelProto model) => this.model = model;

    /// <summary>Gets the graph's input, float32 [N, 3, height, width].</summary>
    public required string InputTensor { get; init; }

    /// <summary>Gets the height the graph demands, in pixels; null if it leaves it open.</summary>
    public required int? Height { get; init; }

    /// <summary>Gets the width the graph demands, in pixels; null if it leaves it open.</summary>
    public required int? Width { get; init; }

    /// <summary>Gets the tensor of the pooled features, of whatever shape; a map where that was asked for.</summary>
    public required string FeaturesTensor { get; init; }

    /// <summary>Gets the tensor before the pool; null if the features come from no pool.</summary>
    public required string? FeatureMapTensor { get; init; }

    /// <summary>Gets the classifier's scores before the last softmax; null if no classifier stands behind the features.</summary>
    public required string? LogitsTensor { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">An ONNX ModelProto with its weights inside, read from where it stands.</param>
    /// <param name="featuresTensor">The tensor of the features; null for the pool nearest to the graph's first output.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <exception cref="OnnxFormatException">It is no ONNX model of an image network, or has no such tensor.</exception>
    public static OnnxClassifier Read(Stream stream, string? featuresTensor = null, string source = BackboneEditor.UnnamedSource)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelProto model = Parse(stream, source);
        GraphProto graph = model.Graph;
        BackboneEditor.DefaultOpset(model, source);
        DeclaredSizes.Require(graph, source);
        TensorNames names = new(graph, source);
        ValueInfoProto image = OnnxImage.Find(graph, source);
        if (featuresTensor is not null)
        {
            names.RequireProduced(featuresTensor);
        }

        HashSet<string> initializers = [.. graph.Initializer.Select(tensor => tensor.Name)];
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !initializers.Contains(input.Name))];
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
        graph.ValueInfo.Clear();
        if (OnnxImage.Fixed(image, 0) == 1)
        {
            FreeBatch.Reshapes(graph, names, image.Name, source);
        }

        model.IrVersion = Math.Max(model.IrVersion, BackboneEditor.FirstIrWithFreeInitializers);
        ClassifierTensors tensors = ClassifierTensors.Find(graph, featuresTensor, source);
        return new OnnxClassifier(model)
        {
            InputTensor = image.Name,
            Height = OnnxImage.Fixed(image, 2),
            Width = OnnxImage.Fixed(image, 3),
            FeaturesTensor = tensors.Features,
            FeatureMapTensor = tensors.Map,
            LogitsTensor = tensors.Logits,
        };
    }

    /// <summary>A model that computes the three tensors under their own names, in whatever shape they have.</summary>
    public byte[] Probe()
    {
        ModelProto probe = model.Clone();
        probe.Graph.Output.Clear();
        foreach (string tensor in new[] { FeaturesTensor, FeatureMapTensor, LogitsTensor }.OfType<string>().Distinct())
        {
            ValueInfoProto output = Proto.Value(tensor);
            output.Type.TensorType.Shape = null;
            probe.Graph.Output.Add(output);
        }

        DeadNodes.Remove(probe.Graph);
        return probe.ToByteArray();
    }

    /// <summary>
    /// Writes the backbone: input <c>image</c> [N, 3, H, W] as the network wants it; outputs <c>features</c> [N, width],
    /// <c>feature_map</c> [N, channels, h, w] and <c>logits</c> [N, classes] as the shapes say. All else is left out.
    /// </summary>
    /// <param name="stream">The stream to write to; it is left open.</param>
    /// <param name="shapes">What the probe has shown.</param>
    public void WriteBackbone(Stream stream, OnnxClassifierShapes shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        ModelProto backbone = model.Clone();
        GraphProto graph = backbone.Graph;
        TensorNames names = new(graph, BackboneEditor.UnnamedSource);
        string image = names.RenameToFresh(InputTensor, "network_image");
        string features = names.RenameToFresh(FeaturesTensor, "pooled");
        string? map = shapes.FeatureMapChannels is null ? null
            : shapes.FeaturesAreMap || FeatureMapTensor == FeaturesTensor ? features
            : names.RenameToFresh(FeatureMapTensor!, "unpooled");
        string? logits = shapes.LogitClasses is null ? null : names.RenameToFresh(LogitsTensor!, "scores");
        foreach (string reserved in (string[])[ImageTensor, BackboneEditor.FeaturesTensor, BackboneEditor.FeatureMapTensor, LogitsOutput])
        {
            names.RenameToFresh(reserved, reserved + "_original");
        }

        names.Rename(image, ImageTensor);
        graph.Input.Clear();
        graph.Input.Add(Proto.Value(ImageTensor, Proto.Open("N"), Proto.Fixed(3), Proto.Fixed(shapes.Height), Proto.Fixed(shapes.Width)));
        graph.Output.Clear();
        AddFeatures(graph, names, features, map, shapes);
        if (logits is not null)
        {
            graph.Node.Add(Proto.Node(names.Fresh("flatten_logits"), "Flatten", [logits], LogitsOutput));
            graph.Output.Add(Proto.Value(LogitsOutput, Proto.Open("N"), Proto.Fixed(shapes.LogitClasses!.Value)));
        }

        DeadNodes.Remove(graph);
        backbone.WriteTo(stream);
    }

    private static void AddFeatures(GraphProto graph, TensorNames names, string features, string? map, OnnxClassifierShapes shapes)
    {
        if (map is not null)
        {
            names.Rename(map, BackboneEditor.FeatureMapTensor);
            features = map == features ? BackboneEditor.FeatureMapTensor : features;
        }

        if (shapes.FeaturesAreMap)
        {
            string pooled = names.Fresh("map_pooled");
            graph.Node.Add(Proto.Node(pooled, "GlobalAveragePool", [features], pooled));
            features = pooled;
        }

        graph.Node.Add(Proto.Node(names.Fresh("flatten_features"), "Flatten", [features], BackboneEditor.FeaturesTensor));
        graph.Output.Add(Proto.Value(BackboneEditor.FeaturesTensor, Proto.Open("N"), Proto.Fixed(shapes.FeatureWidth)));
        if (shapes.FeatureMapChannels is int channels)
        {
            graph.Output.Add(Proto.Value(
                BackboneEditor.FeatureMapTensor, Proto.Open("N"), Proto.Fixed(channels), Proto.Open("map_height"), Proto.Open("map_width")));
        }
    }

    private static ModelProto Parse(Stream stream, string source)
    {
        if (stream.Length - stream.Position > LargestFile)
        {
            throw new OnnxFormatException(FormattableString.Invariant($"{source} has {stream.Length:N0} bytes; at most {LargestFile:N0} are read"));
        }

        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(stream);
            BackboneEditor.RequireWhole(model, source);
            return model;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxFormatException($"{source} is not an ONNX model: its bytes are no ModelProto message", exception);
        }
    }
}

/// <summary>What running an <see cref="OnnxClassifier"/> once has shown of its tensors.</summary>
public sealed record OnnxClassifierShapes
{
    /// <summary>Gets the height of the image, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Gets the width of the image, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the number of values per feature vector.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Gets a value that indicates whether the tensor named for the features is a map, of which the mean over positions is to be taken.</summary>
    public bool FeaturesAreMap { get; init; }

    /// <summary>Gets the number of channels of the feature map; null if none is to be kept.</summary>
    public int? FeatureMapChannels { get; init; }

    /// <summary>Gets the number of classes of the classifier; null if none is to be kept.</summary>
    public int? LogitClasses { get; init; }
}
