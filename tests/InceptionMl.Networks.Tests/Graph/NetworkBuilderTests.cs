using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Tests.Graph;

public sealed class NetworkBuilderTests
{
    private static readonly TensorShape Photo = TensorShape.Map(32, 24, 3);

    [Fact]
    public void A_kernel_that_does_not_fit_is_named_where_it_is_written()
    {
        LayerOutput image = Start().Image;

        string message = Assert.Throws<ShapeException>(() => image.Block("late", b => b.Conv("wide", 8, 33, padding: Padding.Valid))).Message;

        Assert.Contains("test, layer late/wide/conv", message);
        Assert.Contains("33 x 33", message);
        Assert.Contains("32 x 24", message);
    }

    [Fact]
    public void Branches_of_different_sizes_are_not_joined()
    {
        string message = Assert.Throws<ShapeException>(() => Start().Image.Inception(
            "block",
            b => b.Conv("full", 4, 3),
            b => b.Conv("half", 4, 3, stride: 2))).Message;

        Assert.Contains("block/concat", message);
        Assert.Contains("32 x 24 x 4 and 16 x 12 x 4", message);
    }

    [Fact]
    public void A_residual_of_another_shape_is_not_added() =>
        Assert.Contains("32 x 24 x 3 and 32 x 24 x 5", Assert.Throws<ShapeException>(() => Start().Image.Residual(1, r => r.Conv("up", 5, 1))).Message);

    [Fact]
    public void A_dense_layer_wants_a_vector_and_a_convolution_a_map()
    {
        LayerOutput image = Start().Image;

        Assert.Contains("pool it first", Assert.Throws<ShapeException>(() => image.Then("dense", new Dense(4))).Message);
        Assert.Contains("vector of 3", Assert.Throws<ShapeException>(() => image.Then("pool", new GlobalAveragePool()).Conv("late", 4, 1)).Message);
    }

    [Fact]
    public void An_even_kernel_has_no_same_padding() =>
        Assert.Contains("odd", Assert.Throws<ShapeException>(() => Start().Image.Conv("even", 4, 2)).Message);

    [Fact]
    public void A_name_is_given_once()
    {
        LayerOutput image = Start().Image;
        image.Conv("conv", 4, 3);

        Assert.Contains("conv/conv", Assert.Throws<ArgumentException>(() => image.Conv("conv", 4, 3)).Message);
    }

    [Fact]
    public void Features_are_a_global_pool()
    {
        NetworkBuilder net = Start();

        Assert.Throws<ArgumentException>(() => net.Build(net.Image.Conv("conv", 4, 3)));
    }

    [Fact]
    public void An_image_too_small_for_a_layer_names_the_layer()
    {
        string message = Assert.Throws<ShapeException>(() => InceptionV3.Create().At(50)).Message;

        Assert.Contains("inception-v3, layer mixed_7a/3x3/conv", message);
        Assert.Contains("too small", message);
        Assert.Equal(TensorShape.Map(1, 1, 2048), InceptionV3.Create().At(75)["mixed_7c/concat"].Output);
    }

    [Theory]
    [InlineData(15, 1)]     // torchvision's min_size
    [InlineData(223, 7)]
    [InlineData(241, 8)]
    public void Pools_of_googlenet_may_hang_over_the_border(int side, int map) =>
        Assert.Equal(TensorShape.Map(map, map, 1024), GoogLeNet.Torchvision().At(side)["inception_5b/concat"].Output);

    [Fact]
    public void Names_inputs_consumers_and_parameters_tell_the_structure()
    {
        Network network = InceptionV3.Create();
        Layer join = network["mixed_5b/concat"];

        Assert.Equal("mixed_5b", join.Block);
        Assert.Equal(["mixed_5b/1x1/relu", "mixed_5b/5x5/relu", "mixed_5b/double_3x3_b/relu", "mixed_5b/pool_proj/relu"], join.Inputs);
        Assert.Equal(4, network.Consumers(join).Length);
        Assert.Equal("mixed_7c/concat", network.FeatureMap.Name);
        Assert.Equal("avg_pool", network.Features.Name);
        Assert.Equal("predictions", network.Logits!.Name);
        Assert.Equal("mixed_5b/5x5/conv/weight (64 x 48 x 5 x 5)", network["mixed_5b/5x5/conv"].Find(ParameterRole.Weight)!.ToString());
        Assert.Equal(["conv_1a/bn/beta", "conv_1a/bn/mean", "conv_1a/bn/variance"], network["conv_1a/bn"].Parameters.Select(p => p.Name));
        Assert.Equal(network.Parameters.Count(), network.Parameters.Select(p => p.Name).Distinct().Count());
        Assert.Throws<KeyNotFoundException>(() => network["mixed_9z"]);
    }

    private static NetworkBuilder Start() => new("test", Photo, ConvolutionUnit.BatchNormalized(gamma: true));
}
