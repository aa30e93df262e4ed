using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Files;
using InceptionMl.Networks.Weights.PyTorch;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights.PyTorch;

/// <summary>Files written by torch itself; see Goldens/make_pth.py.</summary>
public sealed class PyTorchFileTests
{
    [Theory]
    [InlineData("small-zip.pth")]
    [InlineData("small-legacy.pth")]
    [InlineData("small-protocol4.pth")]
    [InlineData("checkpoint.pth")]
    public void Every_tensor_comes_back_with_its_shape_and_values_as_float32(string file)
    {
        TensorStore store = WeightFile.Read(Golden(file));

        Assert.Equal(16, store.Names.Count);
        Equal(store, "float32", [2, 3, 1, 2], FormulaWeights.Fill("float32", 12));
        Equal(store, "float16", [5], Array.ConvertAll(FormulaWeights.Fill("float16", 5), value => (float)(Half)value));
        Equal(store, "bfloat16", [5], Array.ConvertAll(FormulaWeights.Fill("bfloat16", 5), ToBFloat16));
        Equal(store, "float64", [5], FormulaWeights.Fill("float64", 5));
        Equal(store, "int64", [], [-7]);
        Equal(store, "int32", [2], [1, -2]);
        Equal(store, "int16", [2], [3, -4]);
        Equal(store, "int8", [2], [5, -6]);
        Equal(store, "uint8", [2], [7, 200]);
        Equal(store, "bool", [2], [1, 0]);
        Equal(store, "parameter", [3], FormulaWeights.Fill("parameter", 3));
        Equal(store, "empty", [0, 3], []);
    }

    [Theory]
    [InlineData("small-zip.pth")]
    [InlineData("small-legacy.pth")]
    public void A_view_is_read_in_its_own_order(string file)
    {
        TensorStore store = WeightFile.Read(Golden(file));

        float[] whole = FormulaWeights.Fill("transposed", 48);
        Equal(store, "transposed", [5, 3], [.. Enumerable.Range(0, 15).Select(i => whole[((1 + (i % 3)) * 8) + 2 + (i / 3)])]);
        Equal(store, "channels_last", [2, 3, 4, 5], FormulaWeights.Fill("channels_last", 120));
    }

    [Theory]
    [InlineData("small-zip.pth")]
    [InlineData("small-legacy.pth")]
    public void Tensors_that_are_one_are_held_once(string file)
    {
        TensorStore store = WeightFile.Read(Golden(file));

        Assert.True(store.TryGet("tied_a", out Tensor? a) && store.TryGet("tied_b", out Tensor? b) && a.Values.Equals(b.Values));
    }

    [Theory]
    [InlineData("small-zip.pth")]
    [InlineData("small-legacy.pth")]
    public void A_file_cut_anywhere_is_refused(string file)
    {
        byte[] whole = File.ReadAllBytes(Golden(file));
        for (int length = 0; length < whole.Length; length += 7)
        {
            string message = Assert.Throws<WeightException>(() => PyTorchFile.Read(new MemoryStream(whole[..length]), file)).Message;
            Assert.StartsWith(file, message);
        }
    }

    [Theory]
    [InlineData("small-zip.pth")]
    [InlineData("small-legacy.pth")]
    [InlineData("small-protocol4.pth")]
    public void Damage_anywhere_is_refused_or_read_in_bounded_memory_never_worse(string file) =>
        Damage.Sweep(File.ReadAllBytes(Golden(file)), stream => PyTorchFile.Read(stream, file));

    [Fact]
    public void What_is_no_pytorch_file_is_refused_with_the_reason() =>
        Assert.Contains("neither", Assert.Throws<WeightException>(() => PyTorchFile.Read(new MemoryStream([1, 2, 3, 4, 5]), "x.pth")).Message);

    private static string Golden(string file) =>
        Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", "PyTorch", "Goldens", file);

    // torch rounds float32 to bfloat16 to the nearest, ties to even.
    private static float ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff0000);
    }

    private static void Equal(TensorStore store, string name, int[] shape, float[] values)
    {
        Assert.True(store.TryGet(name, out Tensor? tensor), name);
        Assert.Equal(shape, tensor.Shape);
        Assert.Equal(values, tensor.Values.ToArray());
    }
}
