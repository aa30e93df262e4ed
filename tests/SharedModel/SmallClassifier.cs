using System.Globalization;
using System.Text;
using System.Text.Json;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Weights;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace InceptionMl.TestSupport;

/// <summary>A backbone of one convolution with a classifier behind it, its card, and pictures of exactly its input's size.</summary>
internal sealed class SmallClassifier : IDisposable
{
    public const int Side = 32;
    private const int Width = 24;

    public SmallClassifier(int classes = 1000, int background = 0, Func<BackboneCard, BackboneCard>? change = null)
    {
        NetworkBuilder builder = new("small", TensorShape.Map(Side, Side, 3), ConvolutionUnit.BatchNormalized(gamma: true));
        LayerOutput features = builder.Image.Conv("conv", Width, 5, stride: 2).Then("pool", new GlobalAveragePool());
        Network network = builder.Build(features, features.Then("predictions", new Dense(classes)));
        Onnx = Folder.Write("small.onnx", OnnxWriter.ToBytes(network, new FormulaWeights(), new OnnxEmission { Logits = true }));
        BackboneCard card = new()
        {
            Name = "small",
            Input = new BackboneInput { Tensor = "image", Width = Side, Height = Side, Offset = [127.5, 127.5, 127.5], Scale = [1 / 50.0, 1 / 50.0, 1 / 50.0] },
            Outputs = new BackboneOutputs
            {
                Features = new BackboneFeatures { Tensor = "features", Width = Width },
                Logits = new BackboneLogits { Tensor = "logits", Classes = classes, Background = background },
            },
        };
        Card = change?.Invoke(card) ?? card;
        Folder.Write("small.json", JsonSerializer.SerializeToUtf8Bytes(Card, CardJson.Default.BackboneCard));
    }

    public TemporaryFolder Folder { get; } = new();

    public BackboneCard Card { get; }

    public string Onnx { get; }

    /// <summary>Names as Keras's index has them, made up: <c>thing 7</c> of <c>n00000070</c>.</summary>
    public static byte[] Index(int classes = 1000) => Encoding.UTF8.GetBytes(
        "{" + string.Join(", ", Enumerable.Range(0, classes).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i}\": [\"n{i * 10:D8}\", \"thing {i}\"]"))) + "}");

    /// <summary>A picture that each seed gives another of, losslessly kept.</summary>
    public string Picture(string name, int seed) => Folder.Write(name, Encode(Pixels(seed)));

    /// <summary>What ONNX Runtime makes of the same picture in the file as it was written, without this project's preparation.</summary>
    public float[] Logits(int seed)
    {
        byte[] rgb = Pixels(seed);
        float[] planes = new float[rgb.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            planes[((i % 3) * Side * Side) + (i / 3)] = (float)((rgb[i] - 127.5) / 50);
        }

        using InferenceSession session = new(Onnx);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, Side, Side]);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [input], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => Folder.Dispose();

    private static byte[] Pixels(int seed)
    {
        byte[] rgb = new byte[3 * Side * Side];
        for (int i = 0; i < rgb.Length; i++)
        {
            (int channel, int y, int x) = (i % 3, i / 3 / Side, i / 3 % Side);
            rgb[i] = (byte)(127 + (120 * Math.Sin((seed + 1) * (channel + 1) * (1 + (0.07 * x) + (0.11 * y)))));
        }

        return rgb;
    }

    private static byte[] Encode(byte[] rgb)
    {
        using SKBitmap bitmap = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int i = 0; i < Side * Side; i++)
        {
            bitmap.SetPixel(i % Side, i / Side, new SKColor(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]));
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
