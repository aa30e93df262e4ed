using System.Collections.Immutable;
using Google.Protobuf;

namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>
/// Puts a backbone's preprocessing into its ONNX graph: center crop, channel order and per-channel normalization become nodes in
/// front of the network, so that the graph takes raw 0..255 RGB planes. Normalization stays a subtraction and a multiplication:
/// folded into a padded convolution it would change the border, where padding is zero after normalization and not before.
/// </summary>
public static class BackboneEditor
{
    /// <summary>The edited graph's input: float32 [N, 3, PreparedHeight, PreparedWidth], raw 0..255, red, green, blue.</summary>
    public const string ImageTensor = "image";

    /// <summary>The edited graph's pooled output: float32 [N, W].</summary>
    public const string FeaturesTensor = "features";

    /// <summary>The edited graph's optional output before pooling: float32 [N, C, h, w].</summary>
    public const string FeatureMapTensor = "feature_map";

    /// <summary>The edited graph's optional classifier output: float32 [N, K], scores before softmax.</summary>
    public const string LogitsTensor = "logits";

    private const string BatchSymbol = "N";
    /// <summary>What a message begins with where nobody says what the network is called.</summary>
    internal const string UnnamedSource = "The network";

    private const int FirstOpsetWithBroadcasting = 7;
    private const int FirstOpsetWithSliceInputs = 10;

    /// <summary>From here on an initializer need not stand among the inputs too.</summary>
    internal const int FirstIrWithFreeInitializers = 4;

    /// <summary>
    /// Returns the model with preprocessing in front and only <c>features</c>, <c>feature_map</c> and, where it is asked for,
    /// <c>logits</c> behind.
    /// </summary>
    /// <param name="onnx">A serialized ONNX ModelProto with its weights inside.</param>
    /// <param name="face">How the network is fed and read.</param>
    /// <param name="source">What a message begins with: the file, or what the network is called.</param>
    /// <returns>The serialized edited model; the same input gives the same bytes.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model, or lack a tensor that is named.</exception>
    public static byte[] WithPreprocessing(ReadOnlySpan<byte> onnx, BackboneInterface face, string source = UnnamedSource)
    {
        ArgumentNullException.ThrowIfNull(face);
        ModelProto model = Parse(onnx, source);
        long opset = DefaultOpset(model, source);
        GraphProto graph = model.Graph;

        TensorNames names = new(graph, source);
        RequireInput(graph, face.InputTensor, source);
        names.RequireProduced(face.FeaturesTensor);
        RequireLogits(face, names, source);
        RequireSources(face, names, source);
        int rank = DeclaredRank(graph, face.FeaturesTensor);
        // The names of nodes are part of what a cache knows a network by. cspell:ignore normalised centred
        string network = names.RenameToFresh(face.InputTensor, "normalised_image");
        string features = names.RenameToFresh(face.FeaturesTensor, "pooled");
        string? map = null;
        if (face.Sources.Count == 0 && face.FeatureMapTensor is not null)
        {
            names.RequireProduced(face.FeatureMapTensor);
            map = names.RenameToFresh(face.FeatureMapTensor, "unpooled");
        }

        string? logits = face.LogitsTensor is null ? null : names.RenameToFresh(face.LogitsTensor, "class_scores");
        string[] outputs = [FeaturesTensor, .. face.Sources.Count > 0 ? [] : (string[])[FeatureMapTensor], .. logits is null ? [] : (string[])[LogitsTensor]];
        foreach (string reserved in outputs.Prepend(ImageTensor))
        {
            names.RenameToFresh(reserved, reserved + "_original");
        }

        ReplaceInput(graph, network, face);
        if (face.Sources.Count > 0)
        {
            features = Combine(graph, names, face.Sources);
            rank = 2;
        }

        ReplaceOutputs(graph, names, features, rank, map, face);
        if (logits is not null)
        {
            graph.Node.Add(Proto.Node(names.Fresh("flatten_logits"), "Flatten", [logits], LogitsTensor));
            graph.Output.Add(Proto.Value(LogitsTensor, Proto.Open(BatchSymbol), Proto.Fixed(face.LogitClasses)));
        }

        Prepend(graph, names, network, face, opset);
        DeadNodes.Remove(graph);
        model.IrVersion = Math.Max(model.IrVersion, FirstIrWithFreeInitializers);
        return model.ToByteArray();
    }

    private static void RequireLogits(BackboneInterface face, TensorNames names, string source)
    {
        if (face.LogitsTensor is not { } logits)
        {
            return;
        }

        names.RequireProduced(logits);
        if (logits == face.FeaturesTensor || logits == face.FeatureMapTensor)
        {
            throw new OnnxFormatException($"{source} has one tensor '{logits}' for its logits and for another output; each needs its own");
        }
    }

    // The names of sources stand on the card, by which their maps are found again.
    private static void RequireSources(BackboneInterface face, TensorNames names, string source)
    {
        foreach (string tensor in face.Sources.Select(map => map.Tensor))
        {
            names.RequireProduced(tensor);
            if (tensor is ImageTensor or FeaturesTensor or LogitsTensor || tensor == face.FeaturesTensor || tensor == face.LogitsTensor)
            {
                throw new OnnxFormatException($"{source} cannot take its tensor '{tensor}' as a map among its features: name a block's output, [N, C, h, w]");
            }
        }
    }

    private static string Combine(GraphProto graph, TensorNames names, IReadOnlyList<PooledMap> sources)
    {
        List<string> vectors = [];
        foreach (PooledMap map in sources)
        {
            string pooled = names.Fresh(map.Tensor + (map.IsMaximum ? "_maximum" : "_mean"));
            string flat = names.Fresh(pooled + "_flat");
            graph.Node.Add(Proto.Node(pooled, map.IsMaximum ? "GlobalMaxPool" : "GlobalAveragePool", [map.Tensor], pooled));
            graph.Node.Add(Proto.Node(flat, "Flatten", [pooled], flat));
            vectors.Add(flat);
        }

        string combined = names.Fresh("combined_features");
        graph.Node.Add(Proto.Node(combined, "Concat", vectors, combined, Proto.Attribute("axis", 1L)));
        return combined;
    }

    internal static ModelProto Parse(ReadOnlySpan<byte> onnx, string source)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(onnx);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxFormatException($"{source} is not an ONNX model: its bytes are no ModelProto message", exception);
        }

        RequireWhole(model, source);
        return model;
    }

    internal static void RequireWhole(ModelProto model, string source)
    {
        if (model.Graph is null || model.Graph.Node.Count == 0)
        {
            throw new OnnxFormatException($"{source} is not an ONNX model: it holds no graph");
        }

        if (model.Graph.Initializer.Any(t => t.DataLocation == TensorProto.Types.DataLocation.External))
        {
            throw new OnnxFormatException($"{source} keeps its weights in files beside it: save it with its weights inside");
        }
    }

    internal static long DefaultOpset(ModelProto model, string source)
    {
        long opset = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 1;
        return opset >= FirstOpsetWithBroadcasting
            ? opset
            : throw new OnnxFormatException($"{source} uses ONNX operator set {opset}; {FirstOpsetWithBroadcasting} or later is needed");
    }

    private static void RequireInput(GraphProto graph, string tensor, string source)
    {
        HashSet<string> initializers = [.. graph.Initializer.Select(t => t.Name)];
        string[] inputs = [.. graph.Input.Select(i => i.Name).Where(n => !initializers.Contains(n))];
        if (!inputs.Contains(tensor))
        {
            throw new OnnxFormatException($"{source} has no input '{tensor}'; its inputs are {string.Join(", ", inputs.Select(n => $"'{n}'"))}");
        }

        if (inputs.Length > 1)
        {
            throw new OnnxFormatException($"{source} has {inputs.Length} inputs; a backbone takes one image and nothing else");
        }
    }

    private static void ReplaceInput(GraphProto graph, string network, BackboneInterface face)
    {
        ValueInfoProto old = graph.Input.First(i => i.Name == network);
        int at = graph.Input.IndexOf(old);
        graph.Input[at] = Proto.Value(
            ImageTensor, Proto.Open(BatchSymbol), Proto.Fixed(3), Proto.Fixed(face.PreparedHeight), Proto.Fixed(face.PreparedWidth));
    }

    private static int DeclaredRank(GraphProto graph, string tensor) =>
        graph.Output.Concat(graph.ValueInfo).FirstOrDefault(o => o.Name == tensor)?.Type?.TensorType?.Shape?.Dim.Count ?? 2;

    private static void ReplaceOutputs(GraphProto graph, TensorNames names, string features, int rank, string? map, BackboneInterface face)
    {
        graph.Output.Clear();
        graph.ValueInfo.Clear();
        if (rank > 2)
        {
            graph.Node.Add(Proto.Node(names.Fresh("flatten_features"), "Flatten", [features], FeaturesTensor));
        }
        else
        {
            names.Rename(features, FeaturesTensor);
        }

        graph.Output.Add(Proto.Value(FeaturesTensor, Proto.Open(BatchSymbol), Proto.Fixed(face.FeatureWidth)));
        if (map is not null)
        {
            names.Rename(map, FeatureMapTensor);
            graph.Output.Add(Proto.Value(
                FeatureMapTensor, Proto.Open(BatchSymbol), Proto.Fixed(face.FeatureMapChannels), Proto.Open("map_height"), Proto.Open("map_width")));
        }
    }

    private static void Prepend(GraphProto graph, TensorNames names, string network, BackboneInterface face, long opset)
    {
        List<NodeProto> front = [];
        string current = ImageTensor;
        if (face.PreparedHeight != face.Height || face.PreparedWidth != face.Width)
        {
            current = Append("Slice", "cropped_image", CropInputs(graph, names, face, opset), CropAttributes(face, opset));
        }

        if (face.SwapRedAndBlue)
        {
            current = Append("Gather", "bgr_image", [Add(graph, Proto.Tensor(names.Fresh("bgr_order"), 2, 1, 0))], [Proto.Attribute("axis", 1L)]);
        }

        current = Append("Sub", "centred_image", [Add(graph, PerChannel(names.Fresh("channel_offset"), face.Offset))], []);
        front.Add(Proto.Node(names.Fresh("scale_image"), "Mul", [current, Add(graph, PerChannel(names.Fresh("channel_scale"), face.Scale))], network));
        for (int i = 0; i < front.Count; i++)
        {
            graph.Node.Insert(i, front[i]);
        }

        string Append(string operation, string output, IEnumerable<string> further, AttributeProto[] attributes)
        {
            string fresh = names.Fresh(output);
            front.Add(Proto.Node(fresh, operation, [current, .. further], fresh, attributes));
            return fresh;
        }
    }

    private static string[] CropInputs(GraphProto graph, TensorNames names, BackboneInterface face, long opset)
    {
        (ImmutableArray<long> starts, ImmutableArray<long> ends, ImmutableArray<long> axes) = Crop(face);
        return opset < FirstOpsetWithSliceInputs
            ? []
            : [
                Add(graph, Proto.Tensor(names.Fresh("crop_starts"), starts.AsSpan())),
                Add(graph, Proto.Tensor(names.Fresh("crop_ends"), ends.AsSpan())),
                Add(graph, Proto.Tensor(names.Fresh("crop_axes"), axes.AsSpan())),
            ];
    }

    private static AttributeProto[] CropAttributes(BackboneInterface face, long opset)
    {
        (ImmutableArray<long> starts, ImmutableArray<long> ends, ImmutableArray<long> axes) = Crop(face);
        return opset >= FirstOpsetWithSliceInputs
            ? []
            : [Proto.Attribute("starts", starts), Proto.Attribute("ends", ends), Proto.Attribute("axes", axes)];
    }

    private static (ImmutableArray<long> Starts, ImmutableArray<long> Ends, ImmutableArray<long> Axes) Crop(BackboneInterface face)
    {
        long top = (face.PreparedHeight - face.Height) / 2;
        long left = (face.PreparedWidth - face.Width) / 2;
        return ([top, left], [top + face.Height, left + face.Width], [2, 3]);
    }

    private static TensorProto PerChannel(string name, IReadOnlyList<double> values) =>
        Proto.Tensor(name, [1, values.Count, 1, 1], values.Select(value => (float)value).ToArray());

    private static string Add(GraphProto graph, TensorProto tensor)
    {
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
