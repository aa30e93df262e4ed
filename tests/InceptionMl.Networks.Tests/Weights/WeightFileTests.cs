using System.Text;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Files;
using InceptionMl.TestSupport;

namespace InceptionMl.Networks.Tests.Weights;

public sealed class WeightFileTests
{
    [Theory]
    [InlineData("PyTorch/Goldens/small-zip.pth", "float32")]
    [InlineData("PyTorch/Goldens/small-legacy.pth", "float32")]
    [InlineData("Keras/Goldens/keras2-weights.h5", "conv2d_1/kernel")]
    [InlineData("Keras/Goldens/keras3.keras", "conv2d_1/0")]
    public void The_form_is_known_by_the_bytes_whatever_the_files_name(string file, string tensor)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("weights.bin", File.ReadAllBytes(Workspace.At("tests", "InceptionMl.Networks.Tests", "Weights", file)));

        Assert.Contains(tensor, WeightFile.Read(path).Names);
    }

    [Theory]
    [InlineData(62)]
    [InlineData(0x0280)]
    [InlineData(0x0480)]
    public void Safetensors_are_known_even_where_their_length_begins_as_a_pickle(int length)
    {
        byte[] header = Encoding.ASCII.GetBytes("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""".PadRight(length));
        byte[] file = [(byte)length, (byte)(length >> 8), 0, 0, 0, 0, 0, 0, .. header, 0, 0, 128, 63];

        Assert.Equal(["a"], WeightFile.Read(new MemoryStream(file), "x").Names);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public void Anything_else_is_refused(byte[] bytes) =>
        Assert.StartsWith("x is none of the forms", Assert.Throws<WeightException>(() => WeightFile.Read(new MemoryStream(bytes), "x")).Message);
}
