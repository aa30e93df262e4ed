using System.Text.Json;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace InceptionMl.Training.Tests.Training;

public sealed class ModelExportTests(TrainedDemo demo)
{
    private const double Tolerance = 1e-5;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_file_gives_the_scorers_probabilities_for_a_batch_of_any_size()
    {
        using TemporaryFolder folder = new();
        string onnx = folder.At("new", "model.onnx");
        ModelCard card = ModelExport.ToOnnx(demo.Model, onnx);

        Assert.Equal(ModelCard.Parse(File.ReadAllBytes(Path.ChangeExtension(demo.Model, ".json"))).Classes, card.Classes);
        AssertSame(demo.Model, onnx, [.. TrainedDemo.TestImages.Where((_, i) => i % 5 == 0)], batch: 3);
        AssertSame(demo.Model, onnx, TrainedDemo.TestImages[..2], batch: 1);
    }

    [Fact]
    public async Task A_calibrated_models_temperature_is_inside()
    {
        using TemporaryFolder folder = new();
        string warm = folder.At("warm.zip");
        File.Copy(demo.Model, warm);
        await using (System.IO.Compression.ZipArchive zip = await System.IO.Compression.ZipFile.OpenAsync(warm, System.IO.Compression.ZipArchiveMode.Update, Stop))
        {
            System.IO.Compression.ZipArchiveEntry entry = zip.GetEntry("InceptionMl/card.json")!;
            byte[] card;
            await using (Stream stream = await entry.OpenAsync(Stop))
            {
                using MemoryStream bytes = new();
                await stream.CopyToAsync(bytes, Stop);
                card = (ModelCard.Parse(bytes.ToArray()) with { Temperature = 2.5 }).ToJson();
            }

            entry.Delete();
            await using Stream written = await zip.CreateEntry("InceptionMl/card.json").OpenAsync(Stop);
            await written.WriteAsync(card, Stop);
        }

        ModelExport.ToOnnx(warm, folder.At("warm.onnx"));

        AssertSame(warm, folder.At("warm.onnx"), TrainedDemo.TestImages[..6], batch: 2);
    }

    [Fact]
    public void The_metadata_say_what_to_feed_and_what_comes_out()
    {
        using TemporaryFolder folder = new();
        ModelExport.ToOnnx(demo.Model, folder.At("model.onnx"));
        using InferenceSession session = new(folder.At("model.onnx"));
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        Dictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        JsonElement preprocessing = Preprocessing(session);

        Assert.Equal(scorer.Labels, JsonSerializer.Deserialize<string[]>(metadata["classes"]));
        Assert.Equal(["image"], session.InputMetadata.Keys);
        Assert.Equal(["probabilities", "features"], session.OutputMetadata.Keys);
        Assert.Equal(
            (session.InputMetadata["image"].Dimensions[2], session.InputMetadata["image"].Dimensions[3]),
            (preprocessing.GetProperty("height").GetInt32(), preprocessing.GetProperty("width").GetInt32()));
        Assert.Equal("crop", preprocessing.GetProperty("mode").GetString());
        Assert.Equal("center", preprocessing.GetProperty("anchor").GetString());
        Assert.False(preprocessing.TryGetProperty("fill", out _));
        Assert.Equal("model", metadata["model"]);
        Assert.StartsWith("inception-compact", metadata["backbone"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_pads_says_where_the_picture_lies_and_on_what()
    {
        using TemporaryFolder folder = new();
        string model = HostileModel.Write(demo.Model, folder.At("pad.zip"), card => card with
        {
            Preprocessing = card.Preprocessing with { Mode = ResizeMode.Pad },
        });
        string wide = folder.Write("wide.png", White(64, 32));
        ModelExport.ToOnnx(model, folder.At("pad.onnx"));

        using InferenceSession session = new(folder.At("pad.onnx"));
        JsonElement said = Preprocessing(session);
        Assert.Equal(("pad", "center", "#000000"), (
            said.GetProperty("mode").GetString(), said.GetProperty("anchor").GetString(), said.GetProperty("fill").GetString()));
        ImagePreparer preparer = new(AsTheMetadataSay(session));
        byte[] rgb = new byte[preparer.PreparedBytes];
        preparer.Prepare(File.ReadAllBytes(wide), rgb);
        int row = preparer.Preprocessing.Width * 3;
        bool[] filled = [.. rgb.Chunk(row).Select(values => values.All(value => value == 0))];
        Assert.True(filled[0]);
        Assert.False(filled[filled.Length / 2]);
        Assert.Equal(filled, filled.Reverse());
        AssertSame(model, folder.At("pad.onnx"), [wide, .. TrainedDemo.TestImages[..3]], batch: 2);
    }

    [Fact]
    public void A_model_is_not_written_over_by_its_own_export_whatever_links_lead_to_it()
    {
        using TemporaryFolder folder = new();
        string model = folder.At("model.onnx");
        File.Copy(demo.Model, model);
        byte[] before = File.ReadAllBytes(model);
        File.CreateSymbolicLink(folder.At("link.onnx"), model);
        Directory.CreateSymbolicLink(folder.At("there"), folder.At("."));

        foreach (string output in (string[])[model, folder.At("link.onnx"), folder.At("there", "model.onnx"), folder.At("new", "..", "model.onnx")])
        {
            ArgumentException refused = Assert.Throws<ArgumentException>(() => ModelExport.ToOnnx(model, output));
            Assert.Equal("onnxPath", refused.ParamName);
            Assert.StartsWith($"{output} is the model itself", refused.Message, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(model));
        }
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes_and_what_fails_leaves_what_was_there()
    {
        using TemporaryFolder folder = new();
        string old = folder.Write("old.onnx", "mine"u8.ToArray());
        string broken = folder.Write("broken.zip", "no zip"u8.ToArray());

        Assert.StartsWith(broken, Assert.Throws<ModelFormatException>(() => ModelExport.ToOnnx(broken, old)).Message, StringComparison.Ordinal);
        Assert.Equal("mine"u8.ToArray(), File.ReadAllBytes(old));
        Assert.Throws<ModelFormatException>(() => ModelExport.ToOnnx(demo.Model, folder.At("model.zip")));

        ModelExport.ToOnnx(demo.Model, old);
        ModelExport.ToOnnx(demo.Model, folder.At("again.onnx"));
        Assert.Equal(File.ReadAllBytes(old), File.ReadAllBytes(folder.At("again.onnx")));
    }

    [Fact]
    public async Task A_model_over_a_backbone_like_Inception_V3_is_exported_alike()
    {
        using TemporaryFolder folder = new();
        string trunk = ThinTrunk.Write(folder);
        string model = folder.At("v3.zip");
        foreach (string image in TrainedDemo.TestImages.GroupBy(Path.GetDirectoryName).SelectMany(label => label.Take(4)))
        {
            folder.Write(Path.Combine("images", Path.GetFileName(Path.GetDirectoryName(image)!), Path.GetFileName(image)), await File.ReadAllBytesAsync(image, Stop));
        }

        await new ImageTrainer(new TrainingSettings { Data = [folder.At("images")], Backbone = new BackboneSettings { Model = trunk } }).TrainAsync(model, cancellationToken: Stop);
        ModelExport.ToOnnx(model, folder.At("v3.onnx"));

        AssertSame(model, folder.At("v3.onnx"), TrainedDemo.TestImages[..2], batch: 2);
    }

    private static byte[] White(int width, int height)
    {
        using SKBitmap picture = new(width, height);
        picture.Erase(SKColors.White);
        using SKData png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static JsonElement Preprocessing(InferenceSession session) =>
        JsonDocument.Parse(session.ModelMetadata.CustomMetadataMap["preprocessing"]).RootElement;

    private static ImagePreprocessing AsTheMetadataSay(InferenceSession session)
    {
        JsonElement said = Preprocessing(session);
        return new ImagePreprocessing(said.GetProperty("width").GetInt32(), said.GetProperty("height").GetInt32())
        {
            Mode = Enum.Parse<ResizeMode>(said.GetProperty("mode").GetString()!, ignoreCase: true),
            Filter = said.GetProperty("filter").GetString()!,
        };
    }

    private static void AssertSame(string model, string onnx, string[] images, int batch)
    {
        using ImageScorer scorer = ImageScorer.Open(model);
        using InferenceSession session = new(onnx);
        ImagePreparer preparer = new(AsTheMetadataSay(session));
        byte[] rgb = new byte[preparer.PreparedBytes];
        foreach (string[] part in images.Chunk(batch))
        {
            float[] planes = new float[part.Length * rgb.Length];
            for (int i = 0; i < part.Length; i++)
            {
                preparer.Prepare(File.ReadAllBytes(part[i]), rgb);
                ImagePreparer.ToPlanar(rgb, planes.AsSpan(i * rgb.Length, rgb.Length));
            }

            using OrtValue input = OrtValue.CreateTensorValueFromMemory(planes, [part.Length, 3, preparer.Preprocessing.Height, preparer.Preprocessing.Width]);
            using RunOptions options = new();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["image"], [input], ["probabilities"]);
            float[][] rows = [.. outputs[0].GetTensorDataAsSpan<float>().ToArray().Chunk(scorer.Labels.Count)];
            for (int i = 0; i < part.Length; i++)
            {
                Assert.All(scorer.Score(part[i], Stop).Scores.Values.Zip(rows[i]), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
            }
        }
    }
}
