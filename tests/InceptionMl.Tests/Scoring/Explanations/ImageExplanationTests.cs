using InceptionMl.Images;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;
using InceptionMl.Tests.Images;
using InceptionMl.TestSupport;
using SkiaSharp;

namespace InceptionMl.Tests.Scoring.Explanations;

public sealed class ImageExplanationTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_mean_of_the_map_plus_the_bias_is_the_logit()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        AssertMapsAddUp(scorer);
    }

    [Fact]
    public async Task The_mean_of_the_map_plus_the_bias_is_the_logit_where_features_are_maxima_too()
    {
        using TemporaryFolder folder = new();
        using ImageScorer scorer = ImageScorer.Open(await EditedBackbone.TrainOnMaximaAsync(folder, Stop));

        Assert.Equal(
            [FeaturePooling.Mean, FeaturePooling.Max, FeaturePooling.Mean, FeaturePooling.Max],
            scorer.Card.Backbone.Outputs.Features.Sources!.Select(source => source.Pooling));
        AssertMapsAddUp(scorer);
    }

    private static void AssertMapsAddUp(ImageScorer scorer)
    {
        foreach (string image in TrainedDemo.TestImages.Where((_, i) => i % 20 == 0))
        {
            foreach (string label in scorer.Labels)
            {
                ImageExplanation explanation = scorer.Explain(image, label, Stop);

                Assert.Equal((label, ExplanationMethod.ClassActivationMap), (explanation.Label, explanation.Method));
                Assert.Equal(explanation.Width * explanation.Height, explanation.Grid.Length);
                double mean = explanation.Grid.ToArray().Average(value => (double)value);
                double largest = Math.Max(Math.Abs(mean), Math.Abs(explanation.Logit));
                Assert.InRange(Math.Abs(mean + explanation.Bias - explanation.Logit), 0, 1e-4 * largest);
            }
        }
    }

    [Fact]
    public void Logits_are_those_behind_the_probabilities()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string image = TrainedDemo.TestImages[0];
        ScoredImage scored = scorer.Score(image, Stop);
        ImageExplanation[] all = [.. scorer.Labels.Select(label => scorer.Explain(image, label, Stop))];
        double sum = all.Sum(e => Math.Exp(e.Logit / scorer.Card.Temperature));

        Assert.All(all, e => Assert.Equal(scored.Scores[e.Label], e.Probability));
        Assert.All(all, e => Assert.Equal(e.Probability, Math.Exp(e.Logit / scorer.Card.Temperature) / sum, 1e-5));
    }

    [Fact]
    public void Without_a_label_the_most_probable_one_is_explained_from_a_path_and_from_bytes_alike()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string image = TrainedDemo.TestImages[0];

        ImageExplanation fromPath = scorer.Explain(image, cancellationToken: Stop);
        ImageExplanation fromBytes = scorer.Explain(File.ReadAllBytes(image), cancellationToken: Stop);

        Assert.Equal(scorer.Score(image, Stop).Label, fromPath.Label);
        Assert.Equal(fromPath.Grid.ToArray(), fromBytes.Grid.ToArray());
    }

    [Fact]
    public void An_unknown_label_is_answered_with_those_spelled_most_alike()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        string wanted = scorer.Labels[1] + "s";

        string message = Assert.Throws<UnknownLabelException>(() => scorer.Explain(TrainedDemo.TestImages[0], wanted, Stop)).Message;

        Assert.StartsWith($"The model has no label '{wanted}'; the nearest are '{scorer.Labels[1]}', ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, 200, 100, 0)]
    [InlineData(200, 300, 0, 50)]
    public void The_region_is_what_the_crop_left_over(int width, int height, double left, double top)
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        byte[] picture = EncodedImages.Encode(width, height, EncodedImages.Gradient, SKEncodedImageFormat.Png);

        ImageExplanation explanation = scorer.Explain(picture, cancellationToken: Stop);

        Assert.Equal((width, height), (explanation.PictureWidth, explanation.PictureHeight));
        Assert.Equal(new ImageRegion(left, top, 200, 200), explanation.Region);
    }

    [Fact]
    public async Task A_backbone_without_a_feature_map_is_explained_by_occlusion()
    {
        using TemporaryFolder folder = new();
        string model = await EditedBackbone.TrainWithoutMapAsync(folder, Stop);
        using ImageScorer scorer = ImageScorer.Open(model);
        int side = scorer.Card.Preprocessing.Width;

        ImageExplanation whole = scorer.Explain(Picture(side, covered: default), cancellationToken: Stop);
        ImageExplanation corner = scorer.Explain(Picture(side, new SKRectI(0, 0, 3 * side / 16, 3 * side / 16)), whole.Label, Stop);
        ImageExplanation inside = scorer.Explain(Picture(side, new SKRectI(5 * side / 16, 3 * side / 16, 9 * side / 16, 7 * side / 16)), whole.Label, Stop);

        Assert.Equal((ExplanationMethod.Occlusion, 8, 8), (whole.Method, whole.Width, whole.Height));
        Assert.Equal(whole.Logit - corner.Logit, whole.Grid.Span[0]);
        Assert.Equal(whole.Logit - inside.Logit, whole.Grid.Span[(2 * 8) + 3]);
    }

    [Fact]
    public async Task A_canceled_explanation_stops()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => scorer.Explain(TrainedDemo.TestImages[0], cancellationToken: canceled.Token));
        Assert.StartsWith("The image ", Assert.Throws<ImageRefusedException>(() => scorer.Explain(Array.Empty<byte>(), cancellationToken: Stop)).Message, StringComparison.Ordinal);
    }

    // Exactly as large as the prepared image, so that a pixel here is a pixel there.
    private static byte[] Picture(int side, SKRectI covered) => EncodedImages.Encode(
        side, side, (x, y) => covered.Contains(x, y) ? new SKColor(128, 128, 128) : EncodedImages.Gradient(x, y), SKEncodedImageFormat.Png);
}
