using System.Buffers.Binary;
using Google.Protobuf;

namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>
/// Puts a backbone's preprocessing into its ONNX graph: centre crop, channel order and per-channel normalisation become nodes in
/// front of the network, so that the graph takes raw 0..255 RGB planes. Normalisation stays a subtraction and a multiplication:
/// folded into a padded convolution it would change the border, where padding is zero after normalisation and not before.
/// </summary>
public static class BackboneEditor
{
    /// <summary>The edited graph's input: float32 [N, 3, PreparedHeight, PreparedWidth], raw 0..255, red, green, blue.</summary>
    public const string ImageTensor = "image";

    /// <summary>The edited graph's pooled output: float32 [N, W].</summary>
    public const string FeaturesTensor = "features";

    /// <summary>The edited graph's optional output before pooling: float32 [N, C, h, w].</summary>
    public const string FeatureMapTensor = "feature_map";

    private const int FirstOpsetWithBroadcasting = 7;
    private const int FirstOpsetWithSliceInputs = 10;
    private const int FirstIrWithFreeInitializers = 4;

    /// <summary>Returns the model with preprocessing in front and only <c>features</c> and <c>feature_map</c> behind.</summary>
    /// <param name="onnx">A serialised ONNX ModelProto with its weights inside.</param>
    /// <param name="face">How the network is fed and read.</param>
    /// <returns>The serialised edited model; the same input gives the same bytes.</returns>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model, or lack a tensor that is named.</exception>
    public static byte[] WithPreprocessing(ReadOnlySpan<byte> onnx, BackboneInterface face)
    {
        ArgumentNullException.ThrowIfNull(face);
        ModelProto model = Parse(onnx);
        long opset = DefaultOpset(model);
        GraphProto graph = model.Graph;

        TensorNames names = new(graph);
        RequireInput(graph, face.InputTensor);
        names.RequireProduced(face.FeaturesTensor);
        int rank = DeclaredRank(graph, face.FeaturesTensor);
        string network = names.RenameToFresh(face.InputTensor, "normalised_image");
        string features = names.RenameToFresh(face.FeaturesTensor, "pooled");
        string? map = null;
        if (face.FeatureMapTensor is not null)
        {
            names.RequireProduced(face.FeatureMapTensor);
            map = names.RenameToFresh(face.FeatureMapTensor, "unpooled");
        }

        foreach (string reserved in (string[])[ImageTensor, FeaturesTensor, FeatureMapTensor])
        {
            names.RenameToFresh(reserved, reserved + "_original");
        }

        ReplaceInput(graph, network, face);
        ReplaceOutputs(graph, names, features, rank, map, face);
        Prepend(graph, names, network, face, opset);
        model.IrVersion = Math.Max(model.IrVersion, FirstIrWithFreeInitializers);
        return model.ToByteArray();
    }

    private static ModelProto Parse(ReadOnlySpan<byte> onnx)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(onnx);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new OnnxFormatException("is not an ONNX model: its bytes are no ModelProto message", exception);
        }

        if (model.Graph is null || model.Graph.Node.Count == 0)
        {
            throw new OnnxFormatException("is not an ONNX model: it holds no graph");
        }

        if (model.Graph.Initializer.Any(t => t.DataLocation == TensorProto.Types.DataLocation.External))
        {
            throw new OnnxFormatException("keeps its weights in files beside it: save it with its weights inside");
        }

        return model;
    }

    private static long DefaultOpset(ModelProto model)
    {
        long opset = model.OpsetImport.FirstOrDefault(o => o.Domain is "" or "ai.onnx")?.Version ?? 1;
        return opset >= FirstOpsetWithBroadcasting
            ? opset
            : throw new OnnxFormatException($"uses ONNX operator set {opset}; {FirstOpsetWithBroadcasting} or later is needed");
    }

    private static void RequireInput(GraphProto graph, string tensor)
    {
        HashSet<string> initializers = [.. graph.Initializer.Select(t => t.Name)];
        string[] inputs = [.. graph.Input.Select(i => i.Name).Where(n => !initializers.Contains(n))];
        if (!inputs.Contains(tensor))
        {
            throw new OnnxFormatException($"has no input '{tensor}'; its inputs are {string.Join(", ", inputs.Select(n => $"'{n}'"))}");
        }

        if (inputs.Length > 1)
        {
            throw new OnnxFormatException($"has {inputs.Length} inputs; a backbone takes one image and nothing else");
        }
    }

    private static void ReplaceInput(GraphProto graph, string network, BackboneInterface face)
    {
        ValueInfoProto old = graph.Input.First(i => i.Name == network);
        int at = graph.Input.IndexOf(old);
        graph.Input[at] = Float(ImageTensor, Batch, Fixed(3), Fixed(face.PreparedHeight), Fixed(face.PreparedWidth));
    }

    private static int DeclaredRank(GraphProto graph, string tensor) =>
        graph.Output.Concat(graph.ValueInfo).FirstOrDefault(o => o.Name == tensor)?.Type?.TensorType?.Shape?.Dim.Count ?? 2;

    private static void ReplaceOutputs(GraphProto graph, TensorNames names, string features, int rank, string? map, BackboneInterface face)
    {
        graph.Output.Clear();
        graph.ValueInfo.Clear();
        if (rank > 2)
        {
            graph.Node.Add(Node("Flatten", [features], FeaturesTensor));
        }
        else
        {
            names.Rename(features, FeaturesTensor);
        }

        graph.Output.Add(Float(FeaturesTensor, Batch, Fixed(face.FeatureWidth)));
        if (map is not null)
        {
            names.Rename(map, FeatureMapTensor);
            graph.Output.Add(Float(FeatureMapTensor, Batch, Fixed(face.FeatureMapChannels), Symbol("map_height"), Symbol("map_width")));
        }
    }

    private static void Prepend(GraphProto graph, TensorNames names, string network, BackboneInterface face, long opset)
    {
        List<NodeProto> front = [];
        string current = ImageTensor;
        if (face.PreparedHeight != face.Height || face.PreparedWidth != face.Width)
        {
            current = Append(front, names, CropNode(graph, names, current, face, opset), "cropped_image");
        }

        if (face.SwapRedAndBlue)
        {
            string order = AddInitializer(graph, names.Fresh("bgr_order"), [2, 1, 0]);
            NodeProto gather = Node("Gather", [current, order], string.Empty);
            gather.Attribute.Add(new AttributeProto { Name = "axis", I = 1, Type = AttributeProto.Types.AttributeType.Int });
            current = Append(front, names, gather, "bgr_image");
        }

        string offset = AddInitializer(graph, names.Fresh("channel_offset"), face.Offset);
        string scale = AddInitializer(graph, names.Fresh("channel_scale"), face.Scale);
        current = Append(front, names, Node("Sub", [current, offset], string.Empty), "centred_image");
        front.Add(Node("Mul", [current, scale], network));
        for (int i = 0; i < front.Count; i++)
        {
            graph.Node.Insert(i, front[i]);
        }
    }

    private static NodeProto CropNode(GraphProto graph, TensorNames names, string input, BackboneInterface face, long opset)
    {
        long top = (face.PreparedHeight - face.Height) / 2;
        long left = (face.PreparedWidth - face.Width) / 2;
        long[] starts = [top, left];
        long[] ends = [top + face.Height, left + face.Width];
        if (opset >= FirstOpsetWithSliceInputs)
        {
            return Node("Slice",
                [input, AddInitializer(graph, names.Fresh("crop_starts"), starts), AddInitializer(graph, names.Fresh("crop_ends"), ends),
                    AddInitializer(graph, names.Fresh("crop_axes"), [2, 3])],
                string.Empty);
        }

        NodeProto slice = Node("Slice", [input], string.Empty);
        foreach ((string name, long[] values) in ((string, long[])[])[("starts", starts), ("ends", ends), ("axes", [2, 3])])
        {
            AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
            attribute.Ints.AddRange(values);
            slice.Attribute.Add(attribute);
        }

        return slice;
    }

    private static string Append(List<NodeProto> front, TensorNames names, NodeProto node, string output)
    {
        string fresh = names.Fresh(output);
        node.Output[0] = fresh;
        front.Add(node);
        return fresh;
    }

    private static NodeProto Node(string kind, string[] inputs, string output)
    {
        NodeProto node = new() { OpType = kind };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    private static string AddInitializer(GraphProto graph, string name, long[] values)
    {
        byte[] raw = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(raw.AsSpan(i * sizeof(long)), values[i]);
        }

        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, RawData = ByteString.CopyFrom(raw) };
        tensor.Dims.Add(values.Length);
        graph.Initializer.Add(tensor);
        return name;
    }

    private static string AddInitializer(GraphProto graph, string name, IReadOnlyList<double> perChannel)
    {
        byte[] raw = new byte[perChannel.Count * sizeof(float)];
        for (int i = 0; i < perChannel.Count; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(i * sizeof(float)), (float)perChannel[i]);
        }

        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float, RawData = ByteString.CopyFrom(raw) };
        tensor.Dims.AddRange([1, perChannel.Count, 1, 1]);
        graph.Initializer.Add(tensor);
        return name;
    }

    private static TensorShapeProto.Types.Dimension Batch => Symbol("N");

    private static TensorShapeProto.Types.Dimension Symbol(string name) => new() { DimParam = name };

    private static TensorShapeProto.Types.Dimension Fixed(int size) => new() { DimValue = size };

    private static ValueInfoProto Float(string name, params TensorShapeProto.Types.Dimension[] shape)
    {
        TypeProto.Types.Tensor tensor = new()
        {
            ElemType = (int)TensorProto.Types.DataType.Float,
            Shape = new TensorShapeProto(),
        };
        tensor.Shape.Dim.AddRange(shape);
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
