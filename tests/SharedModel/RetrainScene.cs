using System.Globalization;
using System.Text;
using InceptionMl.Models.Registry;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Retraining;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;
using SkiaSharp;

namespace InceptionMl.TestSupport;

/// <summary>Small colored pictures, a backbone of one convolution, and a pipeline over both: a retraining of milliseconds.</summary>
internal sealed class RetrainScene : IDisposable
{
    private const int Side = SmallClassifier.Side;
    private static readonly string[] Colors = ["red", "green", "blue", "yellow"];

    private readonly SmallClassifier backbone = new(classes: 3);
    private int pictures;

    public RetrainScene() => WritePipeline();

    public TemporaryFolder Folder { get; } = new();

    public string Images => Folder.At("images");

    public string PipelinePath => Folder.At("pipelines", "colors.json");

    public ModelRegistry Registry => new(Folder.At("registry"));

    /// <summary>Writes the pipeline.</summary>
    /// <param name="data">The items of its <c>data</c>.</param>
    /// <param name="more">Further keys; each begins with a comma.</param>
    /// <param name="split">What is in its <c>split</c>.</param>
    public void WritePipeline(
        string data = """{ "path": "../images" }""", string more = "", string split = """ "validation": 0.15, "test": 0.3 """) =>
        Folder.Write("pipelines/colors.json", Encoding.UTF8.GetBytes($$"""
            {
              "data": [{{data}}],
              "split": {{{split}}},
              "backbone": { "model": "{{backbone.Onnx.Replace('\\', '/')}}" },
              "heads": { "try": ["lbfgs"], "l2": [0.1] },
              "registry": "../registry",
              "cache": "../cache"
              {{more}}
            }
            """));

    /// <summary>Writes pictures of one color, each another, into a folder.</summary>
    /// <param name="folder">Below the scene's folder.</param>
    /// <param name="count">How many.</param>
    /// <param name="color">0 to 3: red, green, blue, yellow.</param>
    public string[] Add(string folder, int count, int color) =>
        [.. Enumerable.Range(0, count).Select(_ => Folder.Write($"{folder}/{(pictures++).ToString("000", CultureInfo.InvariantCulture)}.png", Picture(color, pictures)))];

    /// <summary>A class folder of each of the first colors, with as many pictures.</summary>
    public void AddClasses(int classes, int count)
    {
        for (int color = 0; color < classes; color++)
        {
            Add($"images/{Colors[color]}", count, color);
        }
    }

    /// <summary>Retrains by the pipeline as it is now.</summary>
    public Task<RetrainResult> RetrainAsync(RetrainOptions? options = null, CancellationToken cancellationToken = default) =>
        new Retrainer(PipelineFile.Read(PipelinePath), options ?? new RetrainOptions { Force = true }).RetrainAsync(cancellationToken: cancellationToken);

    /// <summary>The images that a version was made from.</summary>
    public IReadOnlyList<VersionImage> Data(string version) => VersionImages.Read(Registry.Show(version));

    /// <summary>The test images that every version is measured on.</summary>
    public HashSet<ContentHash> Frozen() => [.. FrozenTest.Read(Registry.Folder).Images.Select(image => image.Hash)];

    /// <summary>Trains a good champion, then exchanges the labels of the images it was trained on; the frozen test images keep theirs.</summary>
    public async Task SpoilAsync(string red = "red", CancellationToken cancellationToken = default)
    {
        Add($"images/{red}", 40, color: 0);
        Add("images/green", 40, color: 1);
        await RetrainAsync(cancellationToken: cancellationToken);
        foreach (VersionImage image in Data("0001").Where(data => data.Part != SplitPart.Test))
        {
            string other = image.Label == red ? "green" : red;
            File.Move(image.Path, Folder.At("images", other, $"{red}{Path.GetFileName(image.Path)}"));
        }
    }

    public void Dispose()
    {
        Folder.Dispose();
        backbone.Dispose();
    }

    /// <summary>A lossless picture of one color under noise.</summary>
    public static byte[] Picture(int color, int seed)
    {
        Random random = new(seed);
        byte[] rgba = new byte[4 * Side * Side];
        (int red, int green, int blue) = color switch { 0 => (200, 40, 40), 1 => (40, 180, 40), 2 => (40, 60, 210), _ => (220, 210, 30) };
        for (int i = 0; i < Side * Side; i++)
        {
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2], rgba[(4 * i) + 3]) = (Noisy(red), Noisy(green), Noisy(blue), byte.MaxValue);
        }

        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque), rgba);
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();

        byte Noisy(int level) => (byte)Math.Clamp(level + random.Next(-40, 41), 0, 255);
    }
}
