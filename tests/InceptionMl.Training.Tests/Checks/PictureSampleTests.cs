using InceptionMl.Models;
using InceptionMl.TestSupport;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Internal;

namespace InceptionMl.Training.Tests.Checks;

/// <summary>The look that is taken at some images before a training, and what a model remembers of it.</summary>
public sealed class PictureSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_training_tells_at_once_what_is_wrong_with_its_images()
    {
        Write("soft", i => DrawnImages.Enlarged(i, 20));
        Recorder told = new();

        TrainResult result = await TrainAsync("soft", new TrainOptions { Check = true, Found = told });

        Diagnostic found = Assert.Single(told.Found);
        Assert.Equal(DiagnosticIds.UpscaledImages, found.Id);
        Assert.StartsWith("All 24 images show no more than", found.Message, StringComparison.Ordinal);
        Assert.Equal(found, result.Diagnostics[0]);
    }

    [Fact]
    public async Task Nothing_is_looked_at_unless_it_is_asked_for()
    {
        Write("soft", i => DrawnImages.Enlarged(i, 20));

        TrainResult result = await TrainAsync("soft", new TrainOptions());

        Assert.DoesNotContain(result.Diagnostics, one => one.Id == DiagnosticIds.UpscaledImages);
        Assert.Null(ModelCard.Parse(await File.ReadAllBytesAsync(result.CardPath, Stop)).Data!.Sharpness);
    }

    [Theory]
    [InlineData("soft", "sharp", "0 % of these images show less")]
    [InlineData("sharp", "soft", "100 % of these images show less")]
    [InlineData("sharp", "sharp", null)]
    [InlineData("soft", "soft", null)]
    public async Task Images_softer_or_sharper_than_those_that_were_learned_from_are_told(string learned, string measured, string? message)
    {
        Write("soft", i => DrawnImages.Enlarged(i, 20));
        Write("sharp", i => DrawnImages.Photo(i));
        TrainResult trained = await TrainAsync(learned, new TrainOptions { Check = true });

        EvaluationResult result = await ModelEvaluator.EvaluateAsync(trained.ModelPath, folder.At(measured), new EvaluationOptions { IncludeTrained = true }, cancellationToken: Stop);

        Diagnostic? told = result.Diagnostics.SingleOrDefault(one => one.Id == DiagnosticIds.SharpnessShift);
        Assert.Equal(message is null, told is null);
        Assert.StartsWith(message ?? string.Empty, told?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_images_tell_nothing_of_how_sharp_they_are()
    {
        Write("soft", i => DrawnImages.Enlarged(i, 20));
        Write("sharp", i => DrawnImages.Photo(i));
        TrainResult trained = await TrainAsync("soft", new TrainOptions { Check = true });
        ModelCard card = ModelCard.Parse(await File.ReadAllBytesAsync(trained.CardPath, Stop));
        string[] sharp = Directory.GetFiles(folder.At("sharp"), "*.jpg", SearchOption.AllDirectories);

        Assert.Null(await SharpnessShift.FindAsync(card, sharp[..(SharpnessShift.FewestImages - 1)], cacheFolder: null, Stop));
        Assert.NotNull(await SharpnessShift.FindAsync(card, sharp[..SharpnessShift.FewestImages], cacheFolder: null, Stop));
    }

    private void Write(string set, Func<int, byte[]> draw)
    {
        for (int i = 0; i < 24; i++)
        {
            folder.Write(FormattableString.Invariant($"{set}/{(i % 2 == 0 ? "nut" : "bolt")}/{i:00}.jpg"), draw(i));
        }
    }

    private Task<TrainResult> TrainAsync(string set, TrainOptions options) =>
        new ImageTrainer(new TrainingSettings { Data = [folder.At(set)] }, options).TrainAsync(folder.At(set + ".zip"), cancellationToken: Stop);

    private sealed class Recorder : IProgress<Diagnostic>
    {
        public List<Diagnostic> Found { get; } = [];

        public void Report(Diagnostic value) => Found.Add(value);
    }
}
