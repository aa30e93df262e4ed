using InceptionMl.Networks.Architectures;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Binding;

namespace InceptionMl.Networks.Tests.Weights.Binding;

/// <summary>Which layer is which, as Keras' own model.summary() and source number them.</summary>
public sealed class KerasNamingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(95)]
    public void Inception_v3_is_bound_by_rank_wherever_a_session_began_to_count(int first)
    {
        IReadOnlyDictionary<string, TensorPlacement> placements =
            new KerasInceptionV3().Place(InceptionV3.Create(), Store(Numbered(first, 94), ["predictions/kernel", "predictions/bias"]));

        Assert.Equal((94 * 4) + 2, placements.Count);
        Equal("conv_1a/conv/weight", Unit("conv2d", 1, "kernel"));
        Equal("mixed_5b/1x1/conv/weight", Unit("conv2d", 6, "kernel"));
        Equal("mixed_5b/pool_proj/bn/beta", Unit("batch_normalization", 12, "beta"));
        Equal("mixed_6a/3x3/bn/mean", Unit("batch_normalization", 27, "moving_mean"));
        Equal("mixed_6b/double_7x7_a/conv/weight", Unit("conv2d", 36, "kernel"));
        Equal("mixed_7b/3x3/1x3/conv/weight", Unit("conv2d", 79, "kernel"));
        Equal("mixed_7b/double_3x3_b/3x1/bn/variance", Unit("batch_normalization", 84, "moving_variance"));
        Equal("mixed_7c/pool_proj/conv/weight", Unit("conv2d", 94, "kernel"));
        Assert.Equal(TensorPlacement.At("predictions/weight", TensorLayout.InputsOutputs), placements["predictions/kernel"]);
        Assert.Equal(TensorLayout.HeightWidthInputsOutputs, placements[Unit("conv2d", 94, "kernel")].Layout);

        string Unit(string kind, int nth, string variable) => $"{Layer(kind, first + nth - 1)}/{variable}";

        void Equal(string parameter, string tensor) => Assert.Equal(parameter, placements[tensor].Parameter);
    }

    [Theory]
    [InlineData("conv2d_1/kernel", "conv_1a/conv/weight")]
    [InlineData("conv2d_6/kernel", "mixed_5b/1x1/conv/weight")]
    [InlineData("conv2d_13/kernel", "block35_1/1x1/conv/weight")]
    [InlineData("conv2d_72/kernel", "block35_10/double_3x3_b/conv/weight")]
    [InlineData("conv2d_73/kernel", "mixed_6a/3x3/conv/weight")]
    [InlineData("batch_normalization_77/beta", "block17_1/1x1/bn/beta")]
    [InlineData("conv2d_157/kernel", "mixed_7a/3x3_first_reduce/conv/weight")]
    [InlineData("batch_normalization_203/moving_variance", "block8_10/3x3_b/bn/variance")]
    [InlineData("block35_1_conv/bias", "block35_1/up/bias")]
    [InlineData("block17_20_conv/kernel", "block17_20/up/weight")]
    [InlineData("block8_10_conv/kernel", "block8_10/up/weight")]
    [InlineData("conv_7b/kernel", "conv_7b/conv/weight")]
    [InlineData("conv_7b_bn/moving_mean", "conv_7b/bn/mean")]
    public void Inception_resnet_v2(string tensor, string parameter)
    {
        IEnumerable<string> up = Enumerable.Range(1, 10).Select(i => $"block35_{i}_conv")
            .Concat(Enumerable.Range(1, 20).Select(i => $"block17_{i}_conv"))
            .Concat(Enumerable.Range(1, 10).Select(i => $"block8_{i}_conv"));
        Network network = InceptionResNetV2.Create();
        IReadOnlyDictionary<string, TensorPlacement> placements = new KerasInceptionResNetV2().Place(network, Store(
            Numbered(1, 203),
            up.SelectMany(layer => (string[])[$"{layer}/kernel", $"{layer}/bias"]),
            ["conv_7b/kernel", "conv_7b_bn/beta", "conv_7b_bn/moving_mean", "conv_7b_bn/moving_variance", "predictions/kernel", "predictions/bias"]));

        Assert.Equal(parameter, placements[tensor].Parameter);
        Assert.Equal(network.Parameters.Select(p => p.Name).Order(), placements.Values.Select(placement => placement.Parameter!).Order());
    }

    [Fact]
    public void Keras_3_numbers_a_layers_variables()
    {
        IReadOnlyDictionary<string, TensorPlacement> placements = new KerasInceptionV3().Place(InceptionV3.Create(), Store(
            Enumerable.Range(0, 94).SelectMany(i => (string[])[$"{Layer("conv2d", i)}/0", .. Enumerable.Range(0, 3).Select(v => $"{Layer("batch_normalization", i)}/{v}")])));

        Assert.Equal("conv_1a/conv/weight", placements["conv2d/0"].Parameter);
        Assert.Equal("conv_1a/bn/beta", placements["batch_normalization/0"].Parameter);
        Assert.Equal("conv_2a/bn/variance", placements["batch_normalization_1/2"].Parameter);
    }

    [Fact]
    public void A_file_without_all_its_layers_is_refused() => Assert.Contains(
        "x.h5 has 93 layers conv2d_N where the network has 94",
        Assert.Throws<WeightException>(() => new KerasInceptionV3().Place(InceptionV3.Create(), Store(Numbered(1, 93)))).Message);

    private static string Layer(string kind, int number) => number == 0 ? kind : $"{kind}_{number}";

    private static IEnumerable<string> Numbered(int first, int count) => Enumerable.Range(first, count).SelectMany(number => (string[])
    [
        $"{Layer("conv2d", number)}/kernel",
        $"{Layer("batch_normalization", number)}/beta",
        $"{Layer("batch_normalization", number)}/moving_mean",
        $"{Layer("batch_normalization", number)}/moving_variance",
    ]);

    // Backwards: the file's order must not matter.
    private static TensorStore Store(params IEnumerable<string>[] names) =>
        new("x.h5", names.SelectMany(some => some).Reverse().Select(name => KeyValuePair.Create(name, new Tensor([0], Array.Empty<float>()))));
}
