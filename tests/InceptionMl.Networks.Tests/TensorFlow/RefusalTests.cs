using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.TensorFlow;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Tests.TensorFlow;

/// <summary>What cannot be converted exactly is refused by the name of its node, never converted to something near.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("Erf", "conv", "is an operator that no Inception network has")]
    [InlineData("Cast", "conv", "stands behind the network's first convolution")]
    [InlineData("ResizeBilinear", "conv size", "stands behind the network's first convolution")]
    [InlineData("Reshape", "conv flat", "values would have to be transposed")]
    [InlineData("Reshape", "conv batchless", "mixes the images of a batch")]
    [InlineData("Reshape", "conv wrong", "reshapes 256 values to 100")]
    [InlineData("Squeeze", "conv", "squeezes", "squeeze_dims", 1)]
    [InlineData("ExpandDims", "conv zero", "in front of the batch")]
    [InlineData("ConcatV2", "conv conv zero", "joins images of a batch")]
    [InlineData("ConcatV2", "conv input two", "joins ? x 8 x 8 x 4 and ? x 8 x 8 x 3 on axis 2")]
    [InlineData("ConcatV2", "conv conv nine", "names axis 9 of 4")]
    [InlineData("Mean", "conv two", "would have to be transposed")]
    [InlineData("Mean", "conv zero", "over the images of a batch")]
    [InlineData("Add", "conv pooled", "images of a batch would meet positions")]
    [InlineData("Mul", "pooled batch", "differ between the images of a batch")]
    [InlineData("Mul", "batch pooled", "differ between the images of a batch")]
    [InlineData("Mul", "pooled deep", "differ between the images of a batch")]
    [InlineData("Add", "conv input", "which do not fit")]
    [InlineData("Add", "conv vector", "which do not fit")]
    [InlineData("BiasAdd", "conv vector", "weights of 3 for 4 channels")]
    [InlineData("Conv2D", "input input", "real numbers that stand in the file")]
    [InlineData("Conv2D", "conv conv/weights", "a kernel of 3 x 3 x 3 x 4 for 4 channels")]
    [InlineData("Conv2D", "input vector", "a kernel of 3;")]
    [InlineData("MatMul", "conv vector", "multiplies ? x 8 x 8 x 4 and 3")]
    [InlineData("Pad", "conv flat", "pads ? x 8 x 8 x 4 by")]
    [InlineData("FusedBatchNorm", "input vector vector vector vector", "is_training")]
    [InlineData("FusedBatchNorm", "input vector vector vector vector", "variance that is not positive", "is_training", 0)]
    [InlineData("LRN", "conv", "depth_radius of -3", "depth_radius", -3)]
    [InlineData("MaxPool", "conv", "a ksize of")]
    [InlineData("Relu", "", "has 0 inputs")]
    [InlineData("Relu", "vector", "has a constant for its input 0")]
    [InlineData("Add", "vector integers", "computes with integers")]
    [InlineData("Relu", "variable", "'variable' (VariableV2) is a variable")]
    [InlineData("Relu", "conv:1", "output 1")]
    public void A_node_that_cannot_be_converted_is_named(string operation, string inputs, string reason, string? attribute = null, int value = 0)
    {
        NodeDef bad = GraphBytes.Node(operation, "bad", inputs, ("strides", GraphBytes.List(1, 1, 1, 1)), ("padding", GraphBytes.Text("SAME")));
        if (attribute is not null)
        {
            bad.Attr[attribute] = attribute switch
            {
                "squeeze_dims" => GraphBytes.List(value),
                "is_training" => new AttrValue { B = false },
                _ => new AttrValue { I = value },
            };
        }

        string message = Refused([bad], new TensorFlowConversion { FeaturesTensor = "bad" });

        Assert.StartsWith("test.pb: node '", message);
        Assert.Contains(reason, message);
    }

    [Theory]
    [InlineData("data_format", "NCHW", "data_format NCHW")]
    [InlineData("padding", "FULL", "padding 'FULL'")]
    [InlineData("padding", "EXPLICIT", "explicit_paddings")]
    [InlineData("strides", "SAME", "kind S; List was expected")]
    public void An_attribute_that_cannot_be_converted_is_named(string attribute, string value, string reason)
    {
        NodeDef bad = GraphBytes.Node("Conv2D", "bad", "input conv/weights", ("strides", GraphBytes.List(1, 1, 1, 1)), ("padding", GraphBytes.Text("SAME")));
        bad.Attr[attribute] = GraphBytes.Text(value);

        Assert.Contains(reason, Refused([bad], new TensorFlowConversion { FeaturesTensor = "bad" }));
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_refused()
    {
        NodeDef[] bad = [GraphBytes.Reals("broken", [4], 1, float.NaN, 3, 4), GraphBytes.Node("BiasAdd", "bad", "conv broken")];

        Assert.Contains("one is NaN", Refused(bad, new TensorFlowConversion { FeaturesTensor = "bad" }));
    }

    [Fact]
    public void A_network_with_two_inputs_is_refused()
    {
        NodeDef[] second = [GraphBytes.Image("second"), .. GraphBytes.Convolution("other", "second"), GraphBytes.Node("Add", "both", "conv other")];

        Assert.Contains("more than one input: 'input' (Placeholder), 'second' (Placeholder)", Refused(second, new TensorFlowConversion { FeaturesTensor = "both" }));
    }

    [Fact]
    public void Convolutions_that_disagree_on_the_image_are_refused()
    {
        NodeDef[] nodes =
        [
            GraphBytes.Node("Placeholder", "input"),
            .. GraphBytes.Convolution("color", "input"),
            .. GraphBytes.Convolution("gray", "input", channels: 1),
            GraphBytes.Node("Add", "both", "color gray"),
        ];

        string message = Assert.Throws<WeightException>(() =>
            TensorFlowGraph.Convert(GraphBytes.From(nodes), "test.pb", new TensorFlowConversion { FeaturesTensor = "both" })).Message;

        Assert.Contains("takes 1 channels of the image where another convolution takes 3", message);
    }

    [Fact]
    public void What_nobody_asks_for_may_be_anything()
    {
        NodeDef[] graph = [.. Context(), .. GraphBytes.Mean("mean", "conv"), GraphBytes.Node("Erf", "erf", "mean"), GraphBytes.Node("VariableV2", "step")];

        ConvertedGraph converted = TensorFlowGraph.Convert(GraphBytes.From(graph), "test.pb");

        Assert.Equal(["Conv", "GlobalAveragePool", "Flatten"], converted.Model.Graph.Node.Select(node => node.OpType));
        Assert.Equal(["weight"], converted.Model.Graph.Initializer.Select(tensor => tensor.Name.Split('/')[^1]));
    }

    [Fact]
    public void Logits_that_are_not_there_are_refused()
    {
        string message = Refused(GraphBytes.Mean("mean", "conv"), new TensorFlowConversion { Logits = true });

        Assert.Contains("no softmax", message);
    }

    [Fact]
    public void Logits_wanted_where_present_are_done_without()
    {
        TensorFlowConversion options = new() { LogitsWherePresent = true };
        NodeDef[] none = [.. Context(), .. GraphBytes.Mean("mean", "conv")];
        NodeDef[] some = [.. none, GraphBytes.Node("Softmax", "softmax", "mean")];

        Assert.Null(TensorFlowGraph.Convert(GraphBytes.From(none), "test.pb", options).LogitsTensor);
        Assert.Equal("mean", TensorFlowGraph.Convert(GraphBytes.From(some), "test.pb", options).LogitsTensor);
    }

    [Fact]
    public void Explicit_padding_is_kept()
    {
        NodeDef node = GraphBytes.Node("Conv2D", "padded", "input conv/weights", ("padding", GraphBytes.Text("EXPLICIT")), ("explicit_paddings", GraphBytes.List(0, 0, 1, 2, 0, 3, 0, 0)));

        ConvertedGraph converted = TensorFlowGraph.Convert(GraphBytes.From([.. Context(), node]), "test.pb", new TensorFlowConversion { FeaturesTensor = "padded" });
        AttributeProto pads = converted.Model.Graph.Node[0].Attribute.Single(attribute => attribute.Name == "pads");

        Assert.Equal([1L, 0, 2, 3], pads.Ints);
        Assert.Equal([9L, 9], converted.Model.Graph.Output[0].Type.TensorType.Shape.Dim.Skip(2).Select(dimension => dimension.DimValue));
    }

    private static string Refused(NodeDef[] nodes, TensorFlowConversion options) =>
        Assert.Throws<WeightException>(() => TensorFlowGraph.Convert(GraphBytes.From([.. Context(), .. nodes]), "test.pb", options)).Message;

    private static NodeDef[] Context() =>
    [
        GraphBytes.Image("input", -1, 8, 8, 3),
        .. GraphBytes.Convolution("conv", "input"),
        .. GraphBytes.Mean("pooled", "conv"),
        GraphBytes.Reals("vector", [3], 1, -2, 3),
        GraphBytes.Reals("batch", [2, 4], 1, 2, 3, 4, 5, 6, 7, 8),
        GraphBytes.Reals("deep", [1, 1, 4], 1, 2, 3, 4),
        GraphBytes.Node("VariableV2", "variable"),
        GraphBytes.Integers("integers", 1, 2, 3),
        GraphBytes.Integers("size", 4, 4),
        GraphBytes.Integers("flat", -1, 256),
        GraphBytes.Integers("wrong", -1, 100),
        GraphBytes.Integers("batchless", 0, 256),
        GraphBytes.Integer("zero", 0),
        GraphBytes.Integer("two", 2),
        GraphBytes.Integer("nine", 9),
    ];
}
