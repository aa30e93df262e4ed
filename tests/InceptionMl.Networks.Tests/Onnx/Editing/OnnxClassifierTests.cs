using Google.Protobuf;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;

namespace InceptionMl.Networks.Tests.Onnx.Editing;

public sealed class OnnxClassifierTests
{
    private static GraphProto Graph()
    {
        GraphProto graph = new() { Name = "zoo" };
        graph.Input.Add(Proto.Value("data_0", Proto.Fixed(1), Proto.Fixed(3), Proto.Fixed(4), Proto.Fixed(4)));
        graph.Initializer.Add(Proto.Tensor("flat_shape", 1, 3));
        graph.Initializer.Add(Proto.Tensor("fc_w", [3, 2], new float[] { 1, 2, 3, 4, 5, 6 }));
        graph.Node.Add(Proto.Node("relu", "Relu", ["data_0"], "features"));
        graph.Node.Add(Proto.Node("pool", "GlobalAveragePool", ["features"], "pool5"));
        graph.Node.Add(Proto.Node("flat", "Reshape", ["pool5", "flat_shape"], "flat"));
        graph.Node.Add(Proto.Node("fc", "MatMul", ["flat", "fc_w"], "image"));
        graph.Node.Add(Proto.Node("prob", "Softmax", ["image"], "prob"));
        graph.Output.Add(Proto.Value("prob", Proto.Fixed(1), Proto.Fixed(2)));
        return graph;
    }

    private static byte[] Bytes(GraphProto graph)
    {
        ModelProto model = new() { IrVersion = 3, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 9 });
        return model.ToByteArray();
    }

    private static OnnxClassifier Read(GraphProto graph, string? features = null) => OnnxClassifier.Read(new MemoryStream(Bytes(graph)), features);

    [Theory]
    [InlineData(null, "pool5")]
    [InlineData("flat", "flat")]
    public void Features_map_and_logits_are_found_and_become_outputs_of_any_batch(string? asked, string found)
    {
        OnnxClassifier classifier = Read(Graph(), asked);
        using MemoryStream backbone = new();
        classifier.WriteBackbone(backbone, new OnnxClassifierShapes { Height = 4, Width = 4, FeatureWidth = 3, FeatureMapChannels = 3, LogitClasses = 2 });

        Assert.Equal((found, "features", "image"), (classifier.FeaturesTensor, classifier.FeatureMapTensor, classifier.LogitsTensor));
        Assert.Equal((4, 4), (classifier.Height, classifier.Width));
        IReadOnlyDictionary<string, OnnxRun.Output> run = OnnxRun.Run(backbone.ToArray(), [.. Enumerable.Range(0, 96).Select(i => (float)i)], 2, 3, 4, 4);
        Assert.Equal([2, 3], run["features"].Shape);
        Assert.Equal([2, 3, 4, 4], run["feature_map"].Shape);
        Assert.Equal([7.5f, 23.5f, 39.5f, 55.5f, 71.5f, 87.5f], run["features"].Values);
        Assert.Equal([275.5f, 346f, 707.5f, 922f], run["logits"].Values);
    }

    [Fact]
    public void What_is_not_wanted_is_left_out()
    {
        using MemoryStream backbone = new();
        Read(Graph()).WriteBackbone(backbone, new OnnxClassifierShapes { Height = 4, Width = 4, FeatureWidth = 3 });

        ModelProto model = ModelProto.Parser.ParseFrom(backbone.ToArray());
        Assert.Equal(["features"], model.Graph.Output.Select(output => output.Name));
        Assert.Equal(["Relu", "GlobalAveragePool", "Flatten"], model.Graph.Node.Select(node => node.OpType));
        Assert.Empty(model.Graph.Initializer);
    }

    [Fact]
    public void What_cannot_be_used_is_said()
    {
        static OnnxFormatException Refused(Action<GraphProto> change, string? features = null)
        {
            GraphProto graph = Graph();
            change(graph);
            return Assert.Throws<OnnxFormatException>(() => Read(graph, features));
        }

        static string Refusal(Action<GraphProto> change, string? features = null) => Refused(change, features).Message;

        ValueInfoProto channelsLast = Proto.Value("data_0", Proto.Fixed(1), Proto.Fixed(4), Proto.Fixed(4), Proto.Fixed(3));
        Assert.Contains("channels must come before", Refusal(g => g.Input[0] = channelsLast), StringComparison.Ordinal);
        Assert.Contains("has 2 inputs", Refusal(g => g.Input.Add(Proto.Value("more", Proto.Fixed(1)))), StringComparison.Ordinal);
        Assert.Contains("no float32 image", Refusal(g => g.Input[0] = Proto.Value("data_0", Proto.Fixed(1), Proto.Fixed(3))), StringComparison.Ordinal);
        Assert.Equal(OnnxErrorReason.NoFeatures, Refused(g => g.Node[1].OpType = "ReduceMax").Reason);
        Assert.Contains("before it is made", Refusal(g => g.Node[0].Input[0] = "prob"), StringComparison.Ordinal);
        Assert.Contains("twice", Refusal(g => g.Node[1].Output[0] = "features"), StringComparison.Ordinal);
        Assert.Contains("no output", Refusal(g => g.Output.Clear()), StringComparison.Ordinal);
        Assert.Contains("'nowhere'", Refusal(_ => { }, "nowhere"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_ends_with_its_features_has_no_logits()
    {
        GraphProto graph = Graph();
        graph.Output[0] = Proto.Value("flat", Proto.Fixed(1), Proto.Fixed(3));

        Assert.Null(Read(graph).LogitsTensor);
    }

    [Fact]
    public void Behind_a_sigmoid_are_no_logits()
    {
        GraphProto graph = Graph();
        graph.Node[^1].OpType = "Sigmoid";

        Assert.Null(Read(graph).LogitsTensor);
    }

    [Fact]
    public void A_backbone_may_be_edited_again_though_its_nodes_are_named_as_ours()
    {
        using MemoryStream first = new();
        OnnxClassifierShapes shapes = new() { Height = 4, Width = 4, FeatureWidth = 3, FeatureMapChannels = 3, LogitClasses = 2 };
        Read(Graph()).WriteBackbone(first, shapes);
        first.Position = 0;
        using MemoryStream second = new();
        OnnxClassifier.Read(first).WriteBackbone(second, shapes);

        float[] image = [.. Enumerable.Range(0, 48).Select(i => (float)i)];
        Assert.Equal(OnnxRun.Run(first.ToArray(), image, 1, 3, 4, 4)["logits"].Values, OnnxRun.Run(second.ToArray(), image, 1, 3, 4, 4)["logits"].Values);
    }

    [Fact]
    public void A_tensor_that_no_image_network_needs_is_refused_before_it_is_made()
    {
        static string Refusal(Action<GraphProto> change)
        {
            GraphProto graph = Graph();
            change(graph);
            return Assert.Throws<OnnxFormatException>(() => Read(graph)).Message;
        }

        static Action<GraphProto> Make(string operation, params string[] before) => graph =>
        {
            graph.Initializer.Add(Proto.Tensor("huge", 1, 100_000, 1, 100_000));
            graph.Node.Insert(0, Proto.Node("make", operation, [.. before, "huge"], "made"));
        };

        Assert.Contains("'make' (ConstantOfShape)", Refusal(Make("ConstantOfShape")), StringComparison.Ordinal);
        Assert.Contains("'make' (Expand)", Refusal(Make("Expand", "data_0")), StringComparison.Ordinal);
        Assert.Contains("'make' (Tile)", Refusal(Make("Tile", "data_0")), StringComparison.Ordinal);
        Assert.Contains("'make' (Pad)", Refusal(Make("Pad", "data_0")), StringComparison.Ordinal);
        AttributeProto pads = new() { Name = "pads", Type = AttributeProto.Types.AttributeType.Ints };
        pads.Ints.AddRange([0, 0, 1_000_000, 1_000_000]);
        Assert.Contains("'pool'", Refusal(graph => graph.Node[1].Attribute.Add(pads)), StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else()
    {
        byte[] whole = Bytes(Graph());
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(CsCheck.Gen.Int[0, whole.Length - 1], CsCheck.Gen.Byte, CsCheck.Gen.Int[0, whole.Length]),
            mutation =>
            {
                byte[] mutated = [.. whole];
                mutated[mutation.Item1] = mutation.Item2;
                try
                {
                    OnnxClassifier classifier = OnnxClassifier.Read(new MemoryStream(mutated, 0, mutation.Item1 % 3 == 0 ? mutation.Item3 : whole.Length));
                    Assert.NotEmpty(classifier.Probe());
                }
                catch (OnnxFormatException exception)
                {
                    Assert.NotEmpty(exception.Message);
                }
            },
            iter: 5000);
    }
}
