using System.Text;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.TestSupport;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Backbones.Tests;

public sealed class BackboneTests
{
    private static readonly string Onnx = Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact.onnx");

    private static string Card(string channels, double cropFraction, string sha256 = "null", string features = "features") => $$"""
        { "name": "mine", "sha256": {{sha256}},
          "input": { "tensor": "image", "width": 64, "height": 64, "channels": "{{channels}}", "offset": [10, 20, 30], "scale": [0.01, 0.02, 0.03],
                     "resize": { "mode": "crop", "cropFraction": {{cropFraction.ToString(System.Globalization.CultureInfo.InvariantCulture)}} } },
          "outputs": { "features": { "tensor": "{{features}}", "width": 576 }, "featureMap": { "tensor": "feature_map", "channels": 576 } } }
        """;

    private static string Place(TemporaryFolder folder, string card)
    {
        File.Copy(Onnx, folder.At("mine.onnx"));
        folder.Write("mine.json", Encoding.UTF8.GetBytes(card));
        return folder.At("mine.onnx");
    }

    private static float[] Direct(Func<int, int, int, float> value)
    {
        float[] planes = new float[3 * 64 * 64];
        for (int i = 0; i < planes.Length; i++)
        {
            planes[i] = value(i / (64 * 64), i / 64 % 64, i % 64);
        }

        using InferenceSession session = new(Onnx);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, 64, 64]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [input], ["features"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    [Theory]
    [InlineData("RGB", 1.0, 64)]
    [InlineData("BGR", 1.0, 64)]
    [InlineData("RGB", 0.875, 73)]
    [InlineData("BGR", 0.5, 128)]
    public void Crop_channel_order_and_normalization_are_inside_the_network(string channels, double cropFraction, int side)
    {
        using TemporaryFolder folder = new();
        Backbone backbone = Backbone.Open(Place(folder, Card(channels, cropFraction)), new BackboneOptions { Features = FeatureSelection.Last });
        using FeatureNetwork network = FeatureNetwork.Open(backbone.Network, backbone.Subject, 576);
        using FeatureBuffers buffers = new(network);
        byte Pixel(int channel, int y, int x) => (byte)((y * 7) + (x * 3) + (channel * 50));
        for (int i = 0; i < buffers.Rgb.Length; i++)
        {
            buffers.Rgb[i] = Pixel(i % 3, i / 3 / side, i / 3 % side);
        }

        ImagePreparer.ToPlanar(buffers.Rgb, buffers.Planes);
        network.Run(buffers);

        Assert.Equal((side, side), (network.Width, network.Height));
        int margin = (side - 64) / 2;
        double[] offset = [10, 20, 30];
        double[] scale = [0.01, 0.02, 0.03];
        float[] expected = Direct((c, y, x) =>
            (float)((Pixel(channels == "BGR" ? 2 - c : c, y + margin, x + margin) - offset[c]) * scale[c]));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], buffers.Features[i], 1e-4f);
        }
    }

    [Fact]
    public void The_embedded_backbone_needs_no_file()
    {
        Backbone backbone = Backbone.Open(null);

        Assert.Equal(("inception-compact", 128), (backbone.Card.Name, backbone.Preprocessing.Width));
        Assert.Equal(backbone.Digest, Backbone.Embedded().Digest);
        Assert.NotEqual(ResizeMode.Pad, backbone.Preprocessing.Mode);
        Assert.Equal(ResizeMode.Pad, Backbone.Embedded(new BackboneOptions { Resize = ResizeMode.Pad }).Preprocessing.Mode);
    }

    [Fact]
    public void Without_a_card_the_preprocessing_that_is_given_is_used()
    {
        using TemporaryFolder folder = new();
        string card = Card("RGB", 1);
        string withCard = Place(folder, card);
        File.Copy(Onnx, folder.At("bare.onnx"));

        Backbone bare = Backbone.Open(folder.At("bare.onnx"), new BackboneOptions { Preprocessing = new BackbonePreprocessing(64, 64, [10, 20, 30], [0.01, 0.02, 0.03], "RGB") });

        Assert.Equal(Backbone.Open(withCard).Digest, bare.Digest);
        Assert.Equal("bare", bare.Card.Name);
    }

    [Fact]
    public void A_checksum_that_does_not_hold_is_refused()
    {
        using TemporaryFolder folder = new();
        string path = Place(folder, Card("RGB", 1, $"\"{new string('0', 64)}\""));

        Assert.Contains("SHA-256", Assert.Throws<BackboneException>(() => Backbone.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_named_with_those_that_are()
    {
        using TemporaryFolder folder = new();
        string path = Place(folder, Card("RGB", 1, features: "pool5"));

        string message = Assert.Throws<BackboneException>(() => Backbone.Open(path)).Message;

        Assert.Contains("'pool5'", message, StringComparison.Ordinal);
        Assert.Contains("'features'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_network_is_refused_by_name()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("mine.onnx", "hello"u8.ToArray());
        folder.Write("mine.json", Encoding.UTF8.GetBytes(Card("RGB", 1)));

        Assert.Contains("mine.onnx is not an ONNX model", Assert.Throws<BackboneException>(() => Backbone.Open(path)).Message, StringComparison.Ordinal);
    }
}
