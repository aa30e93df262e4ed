using System.Diagnostics;
using System.Text.Json;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;
using InceptionMl.Training.Transforms;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using SkiaSharp;

namespace InceptionMl.Cli.Tests.Verbs;

/// <summary>The zip in a program that has Microsoft's packages and nothing of ours: tests/PlainMlNetConsumer.</summary>
[Trait("Category", "Slow")]
public sealed class PlainMlNetTests(TrainedDemo demo)
{
    private const float Confident = 0.55f;

    /// <summary>The program.</summary>
    internal static string ConsumerAssembly => Path.Combine(
        Workspace.At("tests", "PlainMlNetConsumer"),
        Path.GetRelativePath(Workspace.At("tests", "InceptionMl.Cli.Tests"), AppContext.BaseDirectory),
        "PlainMlNetConsumer.dll");

    private static async Task<JsonElement[]> ConsumeAsync(string model, IEnumerable<string> images)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [ConsumerAssembly, model])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task write = Task.Run(async () =>
        {
            foreach (string image in images)
            {
                await process.StandardInput.WriteLineAsync(image);
            }

            process.StandardInput.Close();
        });
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await write;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static string SavePrepared(string image, int side, string path)
    {
        byte[] rgb = new byte[side * side * 3];
        new ImagePreparer(new ImagePreprocessing(side, side)).Prepare(File.ReadAllBytes(image), rgb);
        using SKBitmap bitmap = new(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < side * side; i++)
        {
            bitmap.SetPixel(i % side, i / side, new SKColor(rgb[i * 3], rgb[(i * 3) + 1], rgb[(i * 3) + 2]));
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(path, png.ToArray());
        return path;
    }

    [Fact]
    public async Task Given_the_prepared_image_every_probability_is_ours_within_1e_4()
    {
        using TemporaryFolder folder = new();
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string[] prepared = [.. TrainedDemo.TestImages.Where((_, i) => i % 4 == 0).Select((image, i) => SavePrepared(image, 128, folder.At($"{i}.png")))];

        JsonElement[] lines = await ConsumeAsync(demo.Model, prepared);

        Assert.Equal(prepared.Length, lines.Length);
        foreach (JsonElement line in lines)
        {
            ScoredImage ours = scorer.Score(line.GetProperty("path").GetString()!, TestContext.Current.CancellationToken);
            JsonElement scores = line.GetProperty("scores");
            Assert.Equal(ours.Label, line.GetProperty("label").GetString());
            Assert.Equal(ours.Scores.Keys, scores.EnumerateObject().Select(s => s.Name));
            Assert.All(ours.Scores, score => Assert.Equal(score.Value, scores.GetProperty(score.Key).GetSingle(), 1e-4f));
        }
    }

    [Fact]
    public void The_schema_that_comes_with_the_model_is_the_one_it_takes()
    {
        MLContext ml = new(seed: 0);
        ITransformer model = ml.Model.Load(demo.Model, out DataViewSchema schema);

        Assert.Equal("Image", Assert.Single(schema).Name);
        Assert.Equal(new ImageDataViewType(128, 128), schema["Image"].Type);
        Assert.Equal(typeof(ReadOnlyMemory<char>), model.GetOutputSchema(schema)["PredictedLabel"].Type.RawType);
    }

    [Fact]
    public void A_text_file_of_paths_is_scored_through_the_loader_that_comes_with_the_model()
    {
        using TemporaryFolder folder = new();
        string[] images = [.. TrainedDemo.TestImages.Where((_, i) => i % 30 == 0)];
        string paths = folder.At("paths.txt");
        File.WriteAllLines(paths, images);
        MLContext ml = new(seed: 0);
        ITransformer model = ml.Model.Load(demo.Model, out DataViewSchema schema);
        using PredictionEngine<PlainInput, PlainOutput> engine = ml.Model.CreatePredictionEngine<PlainInput, PlainOutput>(model, schema);

        ITransformer chain = ml.Model.LoadWithDataLoader(demo.Model, out IDataLoader<IMultiStreamSource> loader);
        float[][] scores = [.. chain.Transform(loader.Load(new MultiFileSource(paths))).GetColumn<float[]>("Score")];

        Assert.Equal(images.Select(image => engine.Predict(new PlainInput { Image = MLImage.CreateFromFile(image) }).Score), scores);
    }

    [Fact]
    public async Task What_the_ml_net_trainer_saved_is_loaded_and_predicts_the_same()
    {
        using TemporaryFolder folder = new();
        string[] images = [.. TrainedDemo.TestImages.Where((_, i) => i % 4 == 0)];
        MLContext ml = new();
        IDataView view = ml.Data.LoadFromEnumerable(images.Select(image => new LabeledInput
        {
            Image = MLImage.CreateFromFile(image),
            Label = Path.GetFileName(Path.GetDirectoryName(image)!),
        }).ToArray());
        using InceptionClassifierEstimator classifier = ml.MulticlassClassification.Trainers.InceptionClassifier();
        ITransformer model = classifier.Fit(view);
        ml.Model.Save(model, view.Schema, folder.At("mine.zip"));

        JsonElement[] lines = await ConsumeAsync(folder.At("mine.zip"), images);

        IDataView scored = model.Transform(view);
        Assert.Equal(scored.GetColumn<string>("PredictedLabel"), lines.Select(line => line.GetProperty("label").GetString()));
        Assert.Equal(scored.GetColumn<float[]>("Score"), lines.Select(line => line.GetProperty("scores").EnumerateObject().Select(s => s.Value.GetSingle()).ToArray()));
    }

    [Fact]
    public async Task Given_the_file_it_agrees_wherever_we_are_confident()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        int confident = 0;
        int same = 0;
        foreach (JsonElement line in await ConsumeAsync(demo.Model, TrainedDemo.TestImages))
        {
            ScoredImage ours = scorer.Score(line.GetProperty("path").GetString()!, TestContext.Current.CancellationToken);
            if (ours.Probability >= Confident)
            {
                confident++;
                same += ours.Label == line.GetProperty("label").GetString() ? 1 : 0;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{same} of {confident} agree");
        Assert.InRange(confident, 30, int.MaxValue);
        Assert.InRange((double)same / confident, 0.98, 1);
    }

    private sealed class PlainInput
    {
        [ImageType(128, 128)]
        public MLImage? Image { get; set; }
    }

    private sealed class LabeledInput
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }

        public string Label { get; set; } = string.Empty;
    }

    private sealed class PlainOutput
    {
        public float[] Score { get; set; } = [];
    }
}
