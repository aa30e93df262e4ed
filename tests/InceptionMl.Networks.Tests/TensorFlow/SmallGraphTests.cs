using System.Text.Json;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.TensorFlow;

/// <summary>Small graphs in the manner of each published one, against numpy and OpenCV; see scripts/small_graphs.py.</summary>
public sealed class SmallGraphTests
{
    public static TheoryData<string> Files() => ["classify_image.pb", "inception5h.pb", "slim.pb", "residual.meta"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Outputs_are_those_of_another_implementation(string file)
    {
        Golden golden = Golden.Read(file);

        ConvertedGraph converted = TensorFlowGraph.Convert(Goldens.Path(file), golden.Options);
        byte[] model = converted.ToBytes();

        Assert.Equal(golden.Features, converted.FeaturesTensor);
        foreach (Case expected in golden.Cases)
        {
            float[] image = FormulaWeights.Fill("image", 3 * expected.Height * expected.Width);
            IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(model, image, 1, 3, expected.Height, expected.Width);
            Assert.Equal([1, converted.FeatureWidth], outputs["features"].Shape);
            Assert.Equal(converted.FeatureMapChannels, (int)outputs["feature_map"].Shape[1]);
            RelativeError.AssertBelow(1e-4, expected.Features, outputs["features"].Values);
            RelativeError.AssertBelow(1e-4, expected.FeatureMap, outputs["feature_map"].Values);
            RelativeError.AssertBelow(1e-4, expected.Logits, outputs["logits"].Values);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_batch_is_open_and_nothing_is_transposed(string file)
    {
        Golden golden = Golden.Read(file);
        Case size = golden.Cases[0];

        ConvertedGraph converted = TensorFlowGraph.Convert(Goldens.Path(file), golden.Options);
        float[] image = FormulaWeights.Fill("image", 3 * size.Height * size.Width);
        IReadOnlyDictionary<string, OnnxRun.Output> outputs =
            OnnxRun.Run(converted.ToBytes(), [.. image, .. image, .. image], 3, 3, size.Height, size.Width);

        Assert.DoesNotContain("Transpose", converted.Model.Graph.Node.Select(node => node.OpType));
        Assert.Equal([3, converted.FeatureWidth], outputs["features"].Shape);
        RelativeError.AssertBelow(1e-4, [.. size.Features, .. size.Features, .. size.Features], outputs["features"].Values);
    }

    [Fact]
    public void The_front_is_cut_off_and_reported()
    {
        ConvertedGraph converted = TensorFlowGraph.Convert(Goldens.Path("classify_image.pb"));

        Assert.Equal(new GraphNodeName("ResizeBilinear", "ResizeBilinear"), converted.ImageNode);
        Assert.Equal(
            ["Cast", "DecodeJpeg", "DecodeJpeg/contents", "ExpandDims", "ExpandDims/dim", "ResizeBilinear", "ResizeBilinear/size"],
            converted.CutOff.Select(node => node.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["Sub", "Mul"], converted.ImageArithmetic.Select(node => node.Operator));
        Assert.Equal(new Extent(35, 35), converted.ImageSize);
        Assert.Null(converted.LogitsTensor);
        Assert.DoesNotContain("MatMul", converted.Model.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void A_graph_without_a_size_asks_for_it()
    {
        string message = Assert.Throws<WeightException>(() => TensorFlowGraph.Convert(Goldens.Path("inception5h.pb"))).Message;

        Assert.StartsWith("inception5h.pb", message);
        Assert.Contains("State the image's size", message);
    }

    [Fact]
    public void Padding_is_explicit_unless_it_depends_on_the_size_or_is_uneven()
    {
        string[] open = [.. Paddings(TensorFlowGraph.Convert(Goldens.Path("slim.pb")))];
        string[] bound = [.. Paddings(TensorFlowGraph.Convert(Goldens.Path("slim.pb"), new TensorFlowConversion { ImageSize = new Extent(33, 33) }))];

        Assert.Equal(5, open.Count(padding => padding == "auto_pad"));
        Assert.Equal(1, bound.Count(padding => padding == "auto_pad"));
    }

    [Fact]
    public void A_stated_size_changes_how_padding_is_written_and_nothing_else()
    {
        foreach (Case expected in Golden.Read("slim.pb").Cases)
        {
            Extent size = new(expected.Height, expected.Width);
            byte[] model = TensorFlowGraph.Convert(Goldens.Path("slim.pb"), new TensorFlowConversion { ImageSize = size }).ToBytes();
            float[] image = FormulaWeights.Fill("image", 3 * expected.Height * expected.Width);

            OnnxRun.Output map = OnnxRun.Run(model, image, 1, 3, expected.Height, expected.Width)["feature_map"];

            RelativeError.AssertBelow(1e-4, expected.FeatureMap, map.Values);
        }
    }

    [Theory]
    [InlineData("mixed/join", 22, true)]
    [InlineData("mixed/join:0", 22, true)]
    [InlineData("pool_3/_reshape", 22, true)]
    [InlineData("softmax/logits", 5, false)]
    [InlineData("mixed/tower/conv", 4, true)]
    public void Features_may_be_named(string tensor, int width, bool map)
    {
        ConvertedGraph converted = TensorFlowGraph.Convert(Goldens.Path("classify_image.pb"), new TensorFlowConversion { FeaturesTensor = tensor });
        IReadOnlyDictionary<string, OnnxRun.Output> outputs = OnnxRun.Run(converted.ToBytes(), FormulaWeights.Fill("image", 3 * 35 * 35), 1, 3, 35, 35);

        Assert.Equal(tensor, converted.FeaturesTensor);
        Assert.Equal([1, width], outputs["features"].Shape);
        Assert.Equal(map, outputs.ContainsKey("feature_map"));
    }

    [Theory]
    [InlineData("nowhere", "no tensor 'nowhere'")]
    [InlineData("^conv", "no tensor '^conv'")]
    [InlineData("conv:1", "output 1")]
    [InlineData("conv/conv2d_params", "whatever the image")]
    public void Features_that_cannot_be_are_refused_by_name(string tensor, string reason) => Assert.Contains(
        reason,
        Assert.Throws<WeightException>(() =>
            TensorFlowGraph.Convert(Goldens.Path("classify_image.pb"), new TensorFlowConversion { FeaturesTensor = tensor })).Message);

    [Fact]
    public void An_operator_that_cannot_be_converted_is_named_with_its_node()
    {
        TensorFlowConversion label = new() { ImageSize = new Extent(32, 32), FeaturesTensor = "label" };

        string message = Assert.Throws<WeightException>(() => TensorFlowGraph.Convert(Goldens.Path("inception5h.pb"), label)).Message;

        Assert.StartsWith("inception5h.pb: node 'label' (ArgMax)", message);
    }

    [Fact]
    public void Tensors_come_back_by_the_names_of_their_nodes_in_the_files_layout()
    {
        TensorStore store = TensorFlowGraph.ReadTensors(Goldens.Path("residual.meta"));

        Assert.True(store.TryGet("conv/weights", out Tensor? kernel));
        Assert.Equal([3, 3, 3, 8], kernel.Shape);
        Assert.True(store.TryGet("conv/BatchNorm/beta", out Tensor? halves));
        Assert.All(halves.Values.ToArray(), value => Assert.Equal(value, (float)(Half)value));
        Assert.False(store.TryGet("average", out _));
        Assert.False(store.TryGet("gate/axes", out _));
    }

    private static IEnumerable<string> Paddings(ConvertedGraph converted) =>
        converted.Model.Graph.Node.SelectMany(node => node.Attribute).Select(attribute => attribute.Name).Where(name => name is "pads" or "auto_pad");

    private sealed record Case(int Height, int Width, float[] Features, float[] FeatureMap, float[] Logits);

    private sealed record Golden(string Features, string Logits, int? ImageSize, Case[] Cases)
    {
        public TensorFlowConversion Options => new() { Logits = true, ImageSize = ImageSize is { } side ? new Extent(side, side) : null };

        public static Golden Read(string file) =>
            JsonSerializer.Deserialize<Golden>(File.ReadAllText(System.IO.Path.ChangeExtension(Goldens.Path(file), "json")), JsonSerializerOptions.Web)!;
    }
}
