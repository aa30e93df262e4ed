using Google.Protobuf;
using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Onnx.Editing;
using InceptionMl.Networks.Onnx.Editing.Internal;
using InceptionMl.TestSupport;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Networks.Tests.Onnx.Editing;

public sealed class FeatureBlocksTests
{
    [Fact]
    public void Of_an_inception_network_the_last_blocks_of_three_grids_are_chosen_and_the_one_before_the_last()
    {
        byte[] compact = OnnxWriter.ToBytes(InceptionCompact.Create(), new FormulaWeights());

        FeatureBlock[] all = [.. FeatureBlocks.Find(compact, "image", "features")];

        Assert.Equal([4, 4, 8, 8, 8, 16, 16], all.Select(block => block.Stride));
        Assert.Equal([(184, 4), (336, 8), (480, 16), (576, 16)], FeatureBlocks.Choose([.. all]).Select(block => (block.Channels, block.Stride)));
    }

    [Fact]
    public void A_residual_block_gives_what_its_activation_makes_of_the_sum()
    {
        GraphProto graph = Residual();

        FeatureBlock[] blocks = [.. FeatureBlocks.Find(Model(graph), "x", "pooled")];

        Assert.Equal([new FeatureBlock("relu1", 4, 2), new FeatureBlock("relu2", 8, 4)], blocks);
        Assert.Equal(blocks, FeatureBlocks.Choose([.. blocks]));
    }

    [Fact]
    public void A_join_that_some_paths_pass_by_is_no_block()
    {
        GraphProto graph = Residual();

        // From the image past the first block.
        graph.Node.Insert(0, Conv("x", "shortcut", 8, 3, 4));
        graph.Node.Single(node => node.OpType == "Add" && node.Output[0] == "sum2").Input[1] = "shortcut";

        Assert.Equal(["relu2"], FeatureBlocks.Find(Model(graph), "x", "pooled").Select(block => block.Tensor));
    }

    [Fact]
    public void The_blocks_of_one_grid_are_not_enough()
    {
        Assert.Empty(FeatureBlocks.Choose([new FeatureBlock("a", 4, 8), new FeatureBlock("b", 8, 8)]));
        Assert.Empty(FeatureBlocks.Choose([]));
    }

    [Fact]
    public void Features_that_no_pool_gives_have_no_blocks()
    {
        GraphProto graph = Residual();

        Assert.Empty(FeatureBlocks.Find(Model(graph), "x", "sum1"));
    }

    [Fact]
    public void Tensors_are_described_in_the_order_they_are_named()
    {
        Assert.Equal([8, 4], FeatureBlocks.Describe(Model(Residual()), "x", ["relu2", "sum1"]).Select(block => block.Channels));
    }

    [Fact]
    public void A_tensor_that_is_no_map_is_refused()
    {
        GraphProto graph = Residual();
        graph.Node.Add(Proto.Node("shape", "Shape", ["relu2"], "shape"));

        Assert.Contains("'shape'", Assert.Throws<OnnxFormatException>(() => FeatureBlocks.Describe(Model(graph), "x", ["shape"], "It")).Message, StringComparison.Ordinal);
        Assert.Contains("no tensor 'y'", Assert.Throws<OnnxFormatException>(() => FeatureBlocks.Describe(Model(graph), "x", ["y"], "It")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_stand_side_by_side_as_means_and_maxima()
    {
        BackboneInterface face = Face(
            4 + 4 + 8, new PooledMap("relu1", IsMaximum: false), new PooledMap("relu1", IsMaximum: true), new PooledMap("relu2", IsMaximum: false));
        byte[] edited = BackboneEditor.WithPreprocessing(Model(Residual()), face);
        ModelProto model = ModelProto.Parser.ParseFrom(edited);
        Assert.Equal(["features"], model.Graph.Output.Select(output => output.Name));
        model.Graph.Output.Add(new[] { "relu1", "relu2" }.Select(name => new ValueInfoProto { Name = name }));
        float[] image = [.. Enumerable.Range(0, 3 * 16 * 16).Select(i => MathF.Sin(i))];
        using InferenceSession session = new(model.ToByteArray());
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, 16, 16]);
        using RunOptions options = new();

        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [input], ["features", "relu1", "relu2"]);

        float[] first = outputs[1].GetTensorDataAsSpan<float>().ToArray();
        float[] second = outputs[2].GetTensorDataAsSpan<float>().ToArray();
        float[] expected =
        [
            .. first.Chunk(64).Select(channel => channel.Average()),
            .. first.Chunk(64).Select(channel => channel.Max()),
            .. second.Chunk(16).Select(channel => channel.Average()),
        ];
        Assert.Equal(expected.Length, outputs[0].GetTensorDataAsSpan<float>().Length);
        Assert.All(expected.Zip(outputs[0].GetTensorDataAsSpan<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Theory]
    [InlineData("pooled")]
    [InlineData("nowhere")]
    public void A_source_that_is_no_map_of_the_network_is_refused(string tensor)
    {
        BackboneInterface face = Face(8, new PooledMap(tensor, IsMaximum: false));

        string message = Assert.Throws<OnnxFormatException>(() => BackboneEditor.WithPreprocessing(Model(Residual()), face, "It")).Message;

        Assert.Contains($"'{tensor}'", message, StringComparison.Ordinal);
    }

    private static BackboneInterface Face(int featureWidth, params PooledMap[] sources) => new()
    {
        InputTensor = "x",
        Width = 16,
        Height = 16,
        PreparedWidth = 16,
        PreparedHeight = 16,
        Offset = [0, 0, 0],
        Scale = [1, 1, 1],
        FeaturesTensor = "pooled",
        FeatureWidth = featureWidth,
        Sources = sources,
    };

    // Two residual blocks on two grids, and a global pool.
    private static GraphProto Residual()
    {
        GraphProto graph = new() { Name = "residual" };
        graph.Input.Add(Proto.Value("x", Proto.Fixed(1), Proto.Fixed(3), Proto.Fixed(16), Proto.Fixed(16)));
        graph.Node.Add(Conv("x", "stem", 4, 3, 2));
        graph.Node.Add(Conv("stem", "a", 4, 4, 1));
        graph.Node.Add(Proto.Node("sum1", "Add", ["a", "stem"], "sum1"));
        graph.Node.Add(Proto.Node("relu1", "Relu", ["sum1"], "relu1"));
        graph.Node.Add(Conv("relu1", "b", 8, 4, 2));
        graph.Node.Add(Conv("relu1", "c", 8, 4, 2));
        graph.Node.Add(Proto.Node("sum2", "Add", ["b", "c"], "sum2"));
        graph.Node.Add(Proto.Node("relu2", "Relu", ["sum2"], "relu2"));
        graph.Node.Add(Proto.Node("pooled", "GlobalAveragePool", ["relu2"], "pooled"));
        graph.Output.Add(Proto.Value("pooled", Proto.Fixed(1), Proto.Fixed(8), Proto.Fixed(1), Proto.Fixed(1)));
        return graph;
    }

    private static NodeProto Conv(string from, string to, int channels, int inputs, long stride)
    {
        NodeProto node = Proto.Node(to, "Conv", [from, $"{channels}x{inputs}"], to);
        node.Attribute.Add(Proto.Attribute("strides", [stride, stride]));
        return node;
    }

    private static byte[] Model(GraphProto graph)
    {
        foreach ((string name, int channels, int inputs) in new[] { ("4x3", 4, 3), ("4x4", 4, 4), ("8x4", 8, 4), ("8x3", 8, 3) })
        {
            float[] weights = [.. Enumerable.Range(0, channels * inputs).Select(i => MathF.Cos(i))];
            graph.Initializer.Add(Proto.Tensor(name, [channels, inputs, 1, 1], weights));
        }

        ModelProto model = new() { IrVersion = 4, Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = 9 });
        return model.ToByteArray();
    }
}
