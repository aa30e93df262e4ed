using System.Globalization;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Examples.Tests.ConsoleScoring;

[Collection(SharedModelCollection.Name)]
[Trait("Category", "Slow")]
public sealed class ConsoleScoringTests(TrainedDemo demo)
{
    private const string Example = "ConsoleScoring";

    [Fact]
    public async Task It_says_what_the_scorer_says_in_the_order_of_the_paths()
    {
        string[] images = [TrainedDemo.TestImages[30], TrainedDemo.TestImages[0]];
        using ImageScorer scorer = ImageScorer.Open(demo.Model);

        (int status, string[] output, string[] error) = await ExampleProcess.RunAsync(Example, [demo.Model, .. images]);

        Assert.Equal(0, status);
        Assert.Empty(error);
        Assert.Equal(
            images.Select(image => (image, Score: scorer.Score(image)))
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.image}\t{i.Score.Label}\t{i.Score.Probability:0.0000}")),
            output);
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_is_named_and_the_others_are_scored()
    {
        using TemporaryFolder folder = new();
        string text = folder.Write("text.jpg", "no image"u8.ToArray());

        (int status, string[] output, string[] error) = await ExampleProcess.RunAsync(Example, demo.Model, text, TrainedDemo.TestImages[0]);

        Assert.Equal(3, status);
        Assert.StartsWith(text + " ", Assert.Single(error), StringComparison.Ordinal);
        Assert.StartsWith(TrainedDemo.TestImages[0] + "\t", Assert.Single(output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "missing.zip", "a.jpg")]
    [InlineData(2, "model.zip")]
    [InlineData(2)]
    public async Task Without_model_or_images_it_says_why_in_one_sentence(int expected, params string[] arguments)
    {
        (int status, string[] output, string[] error) = await ExampleProcess.RunAsync(Example, arguments);

        Assert.Equal(expected, status);
        Assert.Empty(output);
        Assert.Single(error);
    }
}
