using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

public sealed class OnnxWriterTests
{
    [Fact]
    public void Batch_and_size_are_open_and_the_features_are_the_mean_of_the_map()
    {
        byte[] model = OnnxWriter.ToBytes(InceptionCompact.Create(), new FormulaWeights());

        foreach ((int batch, int height, int width) in ((int, int, int)[])[(1, 128, 128), (3, 64, 96), (2, 47, 33)])
        {
            IReadOnlyDictionary<string, OnnxRun.Output> outputs = Run(model, batch, height, width);
            OnnxRun.Output map = outputs["feature_map"];

            Assert.Equal(["features", "feature_map"], outputs.Keys);
            Assert.Equal([batch, 576], outputs["features"].Shape);
            Assert.Equal([batch, 576, .. Size(InceptionCompact.Create(), height, width)], map.Shape);
            float[] means = [.. map.Values.Chunk((int)(map.Shape[2] * map.Shape[3])).Select(positions => positions.Average())];
            RelativeError.AssertBelow(1e-5, means, outputs["features"].Values);
        }
    }

    [Fact]
    public void Logits_come_on_request()
    {
        OnnxEmission emission = new() { Logits = true };
        byte[] model = OnnxWriter.ToBytes(GoogLeNet.Torchvision(classes: 7), new FormulaWeights(), emission);

        Assert.Equal([2, 7], Run(model, 2, 64, 64)["logits"].Shape);
        Assert.Throws<ArgumentException>(() => OnnxWriter.ToBytes(InceptionCompact.Create(), new FormulaWeights(), emission));
    }

    [Theory]
    [InlineData("inception-compact", 64)]
    [InlineData("inception-v3", 107)]
    [InlineData("inception-resnet-v2", 107)]
    [Trait("Category", "Slow")]
    public void Kept_batch_normalization_computes_what_folded_does(string name, int side)
    {
        Network network = NetworkCatalog.Find(name)!;
        byte[] folded = OnnxWriter.ToBytes(network, new FormulaWeights());
        byte[] kept = OnnxWriter.ToBytes(network, new FormulaWeights(), new OnnxEmission { FoldBatchNormalization = false });

        Assert.DoesNotContain("BatchNormalization", Operators(folded));
        Assert.Contains("BatchNormalization", Operators(kept));
        RelativeError.AssertBelow(1e-4, Run(kept, 1, side, side)["features"].Values, Run(folded, 1, side, side)["features"].Values);
    }

    [Fact]
    public void The_scale_of_a_residual_goes_into_its_convolution()
    {
        byte[] folded = OnnxWriter.ToBytes(InceptionResNetV2.Create(), new FormulaWeights());

        Assert.DoesNotContain("Mul", Operators(folded));
        Assert.Equal(40, Operators(folded).Count(operation => operation == "Add"));
    }

    [Fact]
    public void A_bound_size_stands_in_the_model()
    {
        OnnxEmission emission = new() { ImageSize = new Extent(64, 96) };

        ModelProto model = OnnxWriter.Model(InceptionCompact.Create(), new FormulaWeights(), emission);

        Assert.Equal([0, 3, 64, 96], model.Graph.Input[0].Type.TensorType.Shape.Dim.Select(dimension => dimension.DimValue));
        Assert.Equal([0, 576, 4, 6], model.Graph.Output[1].Type.TensorType.Shape.Dim.Select(dimension => dimension.DimValue));
    }

    [Fact]
    public void A_network_may_start_with_normalization_and_end_with_a_convolution()
    {
        NetworkBuilder net = new("odd", TensorShape.Map(8, 8, 3), ConvolutionUnit.Biased);
        LayerOutput x = net.Image.Then("bn", new BatchNormalization(1e-3f, Gamma: false)).Then("conv", new Convolution(4, Window.Create(3), Bias: true));
        Network network = net.Build(x.Then("avg_pool", new GlobalAveragePool()));

        byte[] model = OnnxWriter.ToBytes(network, new FormulaWeights());

        Assert.Equal([1, 4, 8, 8], Run(model, 1, 8, 8)["feature_map"].Shape);
    }

    [Fact]
    public void The_same_network_and_weights_give_the_same_bytes_in_memory_and_on_disk()
    {
        using TemporaryFolder folder = new();
        OnnxWriter.Write(InceptionCompact.Create(), new FormulaWeights(), folder.At("model.onnx"));

        Assert.Equal(File.ReadAllBytes(folder.At("model.onnx")), OnnxWriter.ToBytes(InceptionCompact.Create(), new FormulaWeights()));
    }

    [Fact]
    public void The_output_of_any_layer_can_be_looked_at()
    {
        OnnxEmission emission = new() { Layers = ["inception_3a/concat", "stem_1/bn"] };

        IReadOnlyDictionary<string, OnnxRun.Output> outputs = Run(OnnxWriter.ToBytes(InceptionCompact.Create(), new FormulaWeights(), emission), 1, 64, 64);

        Assert.Equal([1, 128, 16, 16], outputs["inception_3a/concat"].Shape);
        Assert.Equal([1, 24, 32, 32], outputs["stem_1/bn"].Shape);
        Assert.Throws<ArgumentException>(() => OnnxWriter.ToBytes(InceptionV3.Create(), new FormulaWeights(), new OnnxEmission { Layers = ["predictions"] }));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_named()
    {
        Network network = InceptionCompact.Create();
        TensorStore empty = new("weights.safetensors", []);
        TensorStore wrong = new("weights.safetensors", [KeyValuePair.Create("stem_1/conv/weight", new Tensor([24, 3, 1, 1], new float[72]))]);

        string missing = Assert.Throws<WeightException>(() => OnnxWriter.ToBytes(network, empty)).Message;
        string shape = Assert.Throws<WeightException>(() => OnnxWriter.ToBytes(network, wrong)).Message;

        Assert.Contains("stem_1/conv/weight", missing);
        Assert.Contains("24 x 3 x 1 x 1", shape);
        Assert.Contains("24 x 3 x 3 x 3", shape);
        Assert.Throws<WeightException>(() => OnnxWriter.ToBytes(network, new Constant(-1)));
        Assert.Throws<WeightException>(() => OnnxWriter.ToBytes(network, new TooFew()));
    }

    private static IReadOnlyDictionary<string, OnnxRun.Output> Run(byte[] model, int batch, int height, int width) =>
        OnnxRun.Run(model, FormulaWeights.Fill("image", batch * 3 * height * width), batch, 3, height, width);

    private static long[] Size(Network network, int height, int width)
    {
        Extent size = network.At((height, width))[network.FeatureMap.Name].Output.Size!.Value;
        return [size.Height, size.Width];
    }

    private static IEnumerable<string> Operators(byte[] model) => ModelProto.Parser.ParseFrom(model).Graph.Node.Select(node => node.OpType);

    private sealed class Constant(float value) : IWeights
    {
        public ReadOnlyMemory<float> Values(Parameter parameter) => Enumerable.Repeat(value, (int)parameter.Count).ToArray();
    }

    private sealed class TooFew : IWeights
    {
        public ReadOnlyMemory<float> Values(Parameter parameter) => new float[parameter.Count - 1];
    }
}
