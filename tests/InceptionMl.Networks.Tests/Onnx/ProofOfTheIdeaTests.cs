using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Onnx;

/// <summary>What the Inception architecture rests on, shown with its own layers.</summary>
public sealed class ProofOfTheIdeaTests
{
    private const int Height = 9;
    private const int Width = 7;
    private const int Channels = 24;
    private const int Filters = 10;

    private static readonly float[] Image = FormulaWeights.Fill("image", Channels * Height * Width);

    [Fact]
    public void A_1x1_convolution_is_one_dense_layer_applied_at_every_pixel()
    {
        float[] convolved = OnnxRun.Run(OnnxWriter.ToBytes(OneByOne(), new FormulaWeights()), Image, 1, Channels, Height, Width)["feature_map"].Values;

        // The same weights as a dense layer, and every pixel an image of its own: a batch of 63 images of one pixel each.
        byte[] dense = OnnxWriter.ToBytes(DenseLayer(), new DenseFromConvolution(), new OnnxEmission { Logits = true });
        float[] perPixel = OnnxRun.Run(dense, PixelsAsImages(), Height * Width, Channels, 1, 1)["logits"].Values;

        for (int pixel = 0; pixel < Height * Width; pixel++)
        {
            for (int f = 0; f < Filters; f++)
            {
                Assert.Equal(convolved[(f * Height * Width) + pixel], perPixel[(pixel * Filters) + f], 1e-5);
            }
        }
    }

    [Fact]
    public void An_inception_block_is_its_branches_run_apart_and_joined_on_channels()
    {
        Func<LayerOutput, LayerOutput>[] branches =
        [
            b => b.Conv("1x1", 8, 1),
            b => b.Conv("3x3_reduce", 6, 1).Conv("3x3", 12, 3),
            b => b.Conv("5x5_reduce", 4, 1).Conv("5x5", 6, 5),
            b => b.MaxPool("pool", 3, stride: 1, Padding.Same).Conv("pool_proj", 5, 1),
        ];

        float[] block = FeatureMap(x => x.Inception("block", branches));

        // The formula fills by name, so a branch on its own has the weights it has in the block.
        float[] joined = [.. branches.SelectMany(branch => FeatureMap(x => x.Block("block", branch)))];
        Assert.Equal((8 + 12 + 6 + 5) * Height * Width, block.Length);
        RelativeError.AssertBelow(1e-6, joined, block);
    }

    private static float[] FeatureMap(Func<LayerOutput, LayerOutput> layers)
    {
        NetworkBuilder net = new("block", TensorShape.Map(Height, Width, Channels), ConvolutionUnit.BatchNormalized(gamma: true));
        Network network = net.Build(layers(net.Image).Then("avg_pool", new GlobalAveragePool()));
        return OnnxRun.Run(OnnxWriter.ToBytes(network, new FormulaWeights()), Image, 1, Channels, Height, Width)["feature_map"].Values;
    }

    private static Network OneByOne()
    {
        NetworkBuilder net = new("one-by-one", TensorShape.Map(Height, Width, Channels), ConvolutionUnit.Biased);
        LayerOutput x = net.Image.Then("layer", new Convolution(Filters, Window.Create(1), Bias: true));
        return net.Build(x.Then("avg_pool", new GlobalAveragePool()));
    }

    private static Network DenseLayer()
    {
        NetworkBuilder net = new("dense", TensorShape.Map(1, 1, Channels), ConvolutionUnit.Biased);
        LayerOutput features = net.Image.Then("avg_pool", new GlobalAveragePool());
        return net.Build(features, features.Then("layer", new Dense(Filters)));
    }

    private static float[] PixelsAsImages()
    {
        float[] pixels = new float[Image.Length];
        for (int i = 0; i < Image.Length; i++)
        {
            pixels[(i % (Height * Width) * Channels) + (i / (Height * Width))] = Image[i];
        }

        return pixels;
    }

    // A 1x1 kernel of Filters x Channels x 1 x 1 is a dense weight of Filters x Channels: the values are the same ones.
    private sealed class DenseFromConvolution : IWeights
    {
        private readonly IEnumerable<Parameter> convolution = OneByOne().Parameters;

        public ReadOnlyMemory<float> Values(Parameter parameter) =>
            new FormulaWeights().Values(convolution.Single(candidate => candidate.Role == parameter.Role));
    }
}
