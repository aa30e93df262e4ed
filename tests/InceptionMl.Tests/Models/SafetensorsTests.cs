using System.Text;
using CsCheck;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Tests.Models;

public sealed class SafetensorsTests
{
    private static readonly float[] Weights = [1f, -2f, 3.5f, float.Epsilon, 0f, -1e30f];
    private static readonly float[] Bias = [0.25f, -0.5f];

    private static readonly Subject TheHead = new("The model");

    private static byte[] Sample() => Safetensors.Write(("weights", [2, 3], Weights), ("bias", [2], Bias));

    [Fact]
    public void Tensors_come_back_bit_for_bit()
    {
        byte[] file = Sample();

        Assert.Equal(Weights, Safetensors.Read(file, TheHead, "weights", 2, 3));
        Assert.Equal(Bias, Safetensors.Read(file, TheHead, "bias", 2));
    }

    [Fact]
    public void The_layout_is_the_published_one()
    {
        byte[] file = Sample();
        long header = BitConverter.ToInt64(file);

        Assert.Equal(0, header % 8);
        Assert.Equal(
            """{"weights":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""",
            Encoding.UTF8.GetString(file, 8, (int)header).TrimEnd(' '));
        Assert.Equal(8 + header + 32, file.Length);
    }

    [Fact]
    public void Another_shape_is_refused() =>
        Assert.Contains("shape", Assert.Throws<ModelFormatException>(() => Safetensors.Read(Sample(), TheHead, "weights", 3, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_tensor_is_refused() =>
        Assert.Contains("'scale'", Assert.Throws<ModelFormatException>(() => Safetensors.Read(Sample(), TheHead, "scale", 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Mutated_files_are_read_or_refused_and_nothing_else() =>
        Gen.Select(Gen.Int[0, Sample().Length - 1], Gen.Byte, Gen.Int[0, Sample().Length]).Sample((at, value, length) =>
        {
            byte[] file = Sample();
            file[at] = value;
            try
            {
                Assert.Equal(6, Safetensors.Read(file[..length], TheHead, "weights", 2, 3).Length);
            }
            catch (ModelFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }, iter: 5000);
}
