using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Files;
using InceptionMl.Networks.Weights.Keras;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights.Keras;

/// <summary>Files written by h5py in Keras' layouts; see Goldens/make_h5.py.</summary>
public sealed class KerasFileTests
{
    private static readonly (string Layer, string Variable, int Number, int[] Shape)[] Variables =
    [
        ("conv2d_1", "kernel", 0, [1, 2, 3, 4]),
        ("batch_normalization_1", "beta", 0, [4]),
        ("batch_normalization_1", "moving_mean", 1, [4]),
        ("batch_normalization_1", "moving_variance", 2, [4]),
        ("predictions", "kernel", 0, [4, 2]),
        ("predictions", "bias", 1, [2]),
    ];

    [Theory]
    [InlineData("keras2-weights.h5", false)]
    [InlineData("keras2-model.h5", false)]
    [InlineData("keras2-nested.h5", false)]
    [InlineData("keras2-latest.h5", false)]
    [InlineData("keras3-model.h5", false)]
    [InlineData("keras3.weights.h5", true)]
    [InlineData("keras3-latest.weights.h5", true)]
    [InlineData("keras3.keras", true)]
    public void Every_layout_gives_each_layers_variables_by_the_layers_name(string file, bool numbered)
    {
        TensorStore store = WeightFile.Read(Golden(file));

        Assert.Equal(Variables.Length, store.Names.Count);
        foreach ((string layer, string variable, int number, int[] shape) in Variables)
        {
            Assert.True(store.TryGet(numbered ? $"{layer}/{number}" : $"{layer}/{variable}", out Tensor? tensor), $"{layer}/{variable}");
            Assert.Equal(shape, tensor.Shape);
            Assert.Equal(FormulaWeights.Fill($"{layer}/{variable}", tensor.Values.Length), tensor.Values.ToArray());
        }
    }

    [Fact]
    public void Half_and_double_become_float32()
    {
        TensorStore store = WeightFile.Read(Golden("types.h5"));

        Assert.Equal(Array.ConvertAll(FormulaWeights.Fill("float16", 5), value => (float)(Half)value), Values("float16/kernel"));
        Assert.Equal(FormulaWeights.Fill("float64", 5), Values("float64/kernel"));
        Assert.Equal([2f], Values("scalar/kernel"));

        float[] Values(string name) => store.TryGet(name, out Tensor? tensor) ? tensor.Values.ToArray() : [];
    }

    [Theory]
    [InlineData("hostile-external-link.h5", "link")]
    [InlineData("hostile-soft-link.h5", "soft link")]
    [InlineData("hostile-external-data.h5", "'conv2d_1/kernel:0' keeps its numbers in another file")]
    [InlineData("hostile-loop.h5", "reached on two ways")]
    [InlineData("other-chunked.h5", "'conv2d_1/kernel:0' is stored in chunks")]
    [InlineData("other-big-endian.h5", "little-endian")]
    [InlineData("other-integers.h5", "floating-point")]
    [InlineData("other-unwritten.h5", "needs 1073741824 bytes")]
    [InlineData("other-empty.h5", "no weights")]
    [InlineData("keras3-unnamed.weights.h5", "is not named in the file")]
    public void What_leads_out_of_the_file_or_is_no_keras_layout_is_refused_with_the_reason(string file, string reason)
    {
        string message = Assert.Throws<WeightException>(() => WeightFile.Read(Golden(file))).Message;

        Assert.StartsWith(file, message);
        Assert.Contains(reason, message);
    }

    [Theory]
    [InlineData("keras2-weights.h5")]
    [InlineData("keras3.keras")]
    public void A_file_cut_anywhere_is_refused(string file)
    {
        byte[] whole = File.ReadAllBytes(Golden(file));
        for (int length = 0; length < whole.Length; length += 13)
        {
            Assert.Throws<WeightException>(() => KerasFile.Read(new MemoryStream(whole[..length]), file));
        }
    }

    [Theory]
    [InlineData("keras2-weights.h5")]
    [InlineData("keras2-latest.h5")]
    [InlineData("keras3.weights.h5")]
    [InlineData("keras3.keras")]
    public void Damage_anywhere_is_refused_or_read_in_bounded_memory_never_worse(string file) =>
        Damage.Sweep(File.ReadAllBytes(Golden(file)), stream => KerasFile.Read(stream, file));

    private static string Golden(string file) =>
        Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", "Keras", "Goldens", file);
}
