using System.Globalization;
using System.Text.Json;
using InceptionMl.Backbones.Classification;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Networks.Onnx;
using InceptionMl.Networks.Tests.Onnx;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.Binding.Internal;
using InceptionMl.Networks.Weights.Files;
using InceptionMl.TestSupport;
using SkiaSharp;

namespace InceptionMl.Backbones.Tests.Classification;

/// <summary>From a .pth file to named classes: the five best of a picture are torchvision's five best.</summary>
[Trait("Category", "Slow")]
public sealed class TorchvisionTopFiveTests
{
    private const int Side = 224;

    [Fact]
    public void The_five_best_classes_are_those_that_torchvision_finds()
    {
        string python = Python.WithOrSkip("torchvision");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Path);
        string picture = folder.Write("picture.png", Png(Directory.EnumerateFiles(Workspace.At("datasets", "fasteners", "test"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First()));
        string script = Workspace.At("tests", "InceptionMl.Backbones.Tests", "Classification", "torchvision_top5.py");
        (int status, string output) = Python.Run(python, script, "googlenet", picture, folder.At("weights.pth"));
        Assert.True(status == 0, output);

        using ImageNetClassifier classifier = ImageNetClassifier.Open(Backbone(folder), ImageNetClassIndex.Parse(SmallClassifier.Index()));
        IReadOnlyList<ClassScore> found = classifier.Classify(picture, TestContext.Current.CancellationToken);

        string[][] expected = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')).Where(line => line.Length == 2)];
        Assert.Equal(expected.Select(line => line[0]), found.Select(c => c.Index.ToString(CultureInfo.InvariantCulture)));
        for (int i = 0; i < found.Count; i++)
        {
            double probability = double.Parse(expected[i][1], CultureInfo.InvariantCulture);
            Assert.InRange(found[i].Probability / probability, 0.999, 1.001);
        }
    }

    private static string Backbone(TemporaryFolder folder)
    {
        WeightBinding binding = WeightBinding.Recognize(WeightFile.Read(folder.At("weights.pth")));
        OnnxWriter.Write(binding.Network, binding, folder.At("torch.onnx"), new OnnxEmission { Logits = true });
        BackboneCard card = new()
        {
            Name = "torch",
            Input = new BackboneInput
            {
                Tensor = "image",
                Width = Side,
                Height = Side,
                Offset = [127.5, 127.5, 127.5],
                Scale = [1 / 127.5, 1 / 127.5, 1 / 127.5],
            },
            Outputs = new BackboneOutputs
            {
                Features = new BackboneFeatures { Tensor = "features", Width = binding.Network.Summarize()["avg_pool"].Output.Channels },
                Logits = new BackboneLogits { Tensor = "logits", Classes = 1000 },
            },
        };
        folder.Write("torch.json", JsonSerializer.SerializeToUtf8Bytes(card, CardJson.Default.BackboneCard));
        return folder.At("torch.onnx");
    }

    // Prepared to the very size first, so that the ways to resize play no part.
    private static byte[] Png(string path)
    {
        byte[] rgb = new byte[3 * Side * Side];
        new ImagePreparer(new ImagePreprocessing(Side, Side)).Prepare(File.ReadAllBytes(path), rgb);
        using SKBitmap bitmap = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int i = 0; i < Side * Side; i++)
        {
            bitmap.SetPixel(i % Side, i / Side, new SKColor(rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]));
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
