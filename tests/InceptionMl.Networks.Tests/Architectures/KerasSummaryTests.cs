using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Tests.Architectures;

/// <summary>Lines of Keras' model.summary(), under the names the layers have here.</summary>
public sealed class KerasSummaryTests
{
    [Theory]
    [InlineData("conv_1a/conv", "149 x 149 x 32", 864)]             // conv2d
    [InlineData("conv_1a/bn", "149 x 149 x 32", 96)]                // batch_normalization
    [InlineData("conv_1a/relu", "149 x 149 x 32", 0)]               // activation
    [InlineData("conv_2a/conv", "147 x 147 x 32", 9_216)]           // conv2d_1
    [InlineData("conv_2b/conv", "147 x 147 x 64", 18_432)]          // conv2d_2
    [InlineData("conv_2b/bn", "147 x 147 x 64", 192)]               // batch_normalization_2
    [InlineData("pool_3a", "73 x 73 x 64", 0)]                      // max_pooling2d
    [InlineData("conv_3b/conv", "73 x 73 x 80", 5_120)]             // conv2d_3
    [InlineData("conv_3b/bn", "73 x 73 x 80", 240)]                 // batch_normalization_3
    [InlineData("conv_4a/conv", "71 x 71 x 192", 138_240)]          // conv2d_4
    [InlineData("mixed_5b/5x5_reduce/conv", "35 x 35 x 48", 9_216)] // conv2d_6
    [InlineData("mixed_5b/5x5/conv", "35 x 35 x 64", 76_800)]       // conv2d_7
    [InlineData("mixed_5b/pool_proj/conv", "35 x 35 x 32", 6_144)]  // conv2d_11
    [InlineData("mixed_5b/concat", "35 x 35 x 256", 0)]             // mixed0
    [InlineData("mixed_6a/3x3/conv", "17 x 17 x 384", 995_328)]     // conv2d_26
    [InlineData("mixed_6b/7x7_a/conv", "17 x 17 x 128", 114_688)]   // conv2d_31
    [InlineData("mixed_7b/3x3/concat", "8 x 8 x 768", 0)]           // mixed9_0
    [InlineData("mixed_7c/1x1/conv", "8 x 8 x 320", 655_360)]       // conv2d_85
    [InlineData("mixed_7c/concat", "8 x 8 x 2048", 0)]              // mixed10
    [InlineData("avg_pool", "2048", 0)]
    [InlineData("predictions", "1000", 2_049_000)]
    public void Inception_v3(string layer, string shape, long parameters) => Check("inception-v3", layer, shape, parameters);

    [Theory]
    [InlineData("mixed_5b/concat", "35 x 35 x 320", 0)]
    [InlineData("block35_1/concat", "35 x 35 x 128", 0)]            // block35_1_mixed
    [InlineData("block35_1/up", "35 x 35 x 320", 41_280)]           // block35_1_conv
    [InlineData("block17_20/up", "17 x 17 x 1088", 418_880)]        // block17_20_conv
    [InlineData("block8_10/up", "8 x 8 x 2080", 933_920)]           // block8_10_conv
    [InlineData("conv_7b/conv", "8 x 8 x 1536", 3_194_880)]         // conv_7b
    [InlineData("conv_7b/bn", "8 x 8 x 1536", 4_608)]               // conv_7b_bn
    [InlineData("predictions", "1000", 1_537_000)]
    public void Inception_resnet_v2(string layer, string shape, long parameters) => Check("inception-resnet-v2", layer, shape, parameters);

    [Fact]
    public void Inception_v3_has_94_convolutions_in_the_order_in_which_keras_numbers_them()
    {
        string[] units = [.. InceptionV3.Create().Layers
            .Where(layer => layer.Operation is Networks.Graph.Convolution)
            .Select(layer => layer.Name[..layer.Name.LastIndexOf('/')])];

        Assert.Equal(94, units.Length);
        Assert.Equal("mixed_5b/1x1", units[6 - 1]);
        Assert.Equal(["mixed_6a/3x3", "mixed_6a/double_3x3_reduce"], units[(27 - 1)..28]);
        Assert.Equal("mixed_7b/3x3/1x3", units[79 - 1]);
        Assert.Equal("mixed_7b/3x3/3x1", units[80 - 1]);
        Assert.Equal("mixed_7b/double_3x3_b/3x1", units[84 - 1]);
        Assert.Equal("mixed_7c/pool_proj", units[94 - 1]);
    }

    private static void Check(string network, string layer, string shape, long parameters)
    {
        LayerSummary summary = NetworkCatalog.Find(network)!.Summarize()[layer];

        Assert.Equal((shape, parameters), (summary.Output.ToString(), summary.Parameters.Total));
    }
}
