using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Training;

public sealed class GivenPartsTests(TrainedDemo demo) : IDisposable
{
    private static readonly string[] Labels = ["bolt", "nut", "rivet", "screw", "split-pin", "washer"];
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Validation_images_that_were_given_choose_the_head_and_no_folds_do()
    {
        Write("set/train", "train", label => label, 0..45);
        Write("set/validation", "train", label => label, 45..60);
        Write("set/test", "test", label => label, 0..20);

        TrainResult given = await TrainAsync();

        Assert.Equal((270, 90, 120), (given.Images.Train, given.Images.Validation, given.Images.Test));
        Assert.EndsWith("its penalty was chosen with the validation images", given.ValidationNote, StringComparison.Ordinal);
        Assert.DoesNotContain(given.Diagnostics, one => one.Id == DiagnosticIds.AccuracyGap);
        Assert.Contains("cross-validation", demo.Result.ValidationNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_goes_much_worse_than_validation_is_called_out_with_the_likely_cause()
    {
        Write("set/train", "train", label => label, 0..40);
        Write("set/test", "test", label => Labels[(Array.IndexOf(Labels, label) + 1) % Labels.Length], 0..20);

        TrainResult result = await TrainAsync();

        Diagnostic gap = Assert.Single(result.Diagnostics, one => one.Id == DiagnosticIds.AccuracyGap);
        Assert.Matches(@"% of \d+ images are right in validation but .* of the 120 test images, which chance does not explain \(p = ", gap.Message);
        Assert.Contains("The test images were given: they may come from another source", gap.Message, StringComparison.Ordinal);
    }

    private Task<TrainResult> TrainAsync() =>
        new ImageTrainer(new TrainingSettings { Data = [folder.At("set")], Cache = folder.At("cache") }).TrainAsync(folder.At("model.zip"), cancellationToken: Stop);

    private void Write(string part, string from, Func<string, string> labelOf, Range range)
    {
        foreach (string label in Labels)
        {
            foreach (string image in Directory.EnumerateFiles(Path.Combine(TrainedDemo.Images, from, label), "*.jpg").Order(StringComparer.Ordinal).ToArray()[range])
            {
                folder.Write($"{part}/{labelOf(label)}/{Path.GetFileName(image)}", File.ReadAllBytes(image));
            }
        }
    }
}
