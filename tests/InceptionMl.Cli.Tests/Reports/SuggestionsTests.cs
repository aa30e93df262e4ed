using InceptionMl.TestSupport;
using InceptionMl.Training;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli.Tests.Reports;

public sealed class SuggestionsTests(TrainedDemo demo)
{
    private const string Backbone = "resnet-18, which is here too, is right in 88 %.";

    private static readonly TrainingReview Review = new()
    {
        LearningCurve = [new(50, 0.70, 0.9), new(100, 0.76, 0.8), new(200, 0.80, 0.7)],
        GainOfTwiceTheImages = 0.027,
        WeakClasses = ["trash", "glass", "metal", "paper"],
        Suspects = 9,
        SuspectLabels = [new("a.jpg", "glass", 0.001, "paper", 0.99), new("b.jpg", "paper", 0.002, "metal", 0.97)],
        Augmented = new(200, 0.82, 0.6),
        AugmentationHelps = true,
    };

    [Fact]
    public void The_three_most_promising_are_told_with_their_figures()
    {
        Assert.Equal(
            [
                Backbone,
                "9 images may be mislabeled: models that had not seen them are 90 % sure of another label; look at these first: a.jpg (glass, looks like paper), b.jpg (paper, looks like metal).",
                "--augment light would help: log loss 0.600 instead of 0.700, right in 82.0 % instead of 80.0 % (by cross-validation).",
            ],
            Create(Review, Backbone));
    }

    [Fact]
    public void More_images_are_told_of_with_the_classes_that_need_them_most()
    {
        TrainingReview review = Review with { Suspects = 2, AugmentationHelps = false };

        Assert.Equal(
            ["More images would help, above all of trash, glass, metal: right in 70.0 % with 50, 76.0 % with 100, 80.0 % with 200 (by cross-validation), so twice as many may bring about 3 points more."],
            Create(review, null));
    }

    [Fact]
    public void Nothing_is_suggested_without_evidence()
    {
        Assert.Empty(Create(Review with { Suspects = 2, AugmentationHelps = false, GainOfTwiceTheImages = 0.004 }, null));
        Assert.Empty(Create(null, null));
    }

    [Fact]
    public void Published_weights_are_told_of_where_nothing_at_hand_does_well()
    {
        string? sentence = BackboneTable.SuggestPull([Figures("inception-compact", 70), Figures("resnet-18", 85)]);

        Assert.Equal(
            "inception-v3 is not here but can be pulled. By its publisher (storage.googleapis.com) it is right in 77.9 % of ImageNet's validation images: backbones pull inception-v3, then backbones compare shows how it does on yours.",
            sentence);
        Assert.Null(BackboneTable.SuggestPull([Figures("inception-compact", 70), Figures("resnet-18", 95)]));
        Assert.Null(BackboneTable.SuggestPull([Figures("inception-compact", 70), Figures("inception-v3-torch", 85)]));
    }

    private static BackboneFigures Figures(string name, int right) => new(new double[100])
    {
        Backbone = new BackboneSettings { Model = name },
        InputWidth = 32,
        InputHeight = 32,
        Features = 8,
        Right = right,
        MultiplyAdds = 1,
        NetworkBytes = 1,
        MillisecondsPerImage = 1,
    };

    [Fact]
    public void An_evaluation_tells_of_the_mistake_that_is_made_most()
    {
        Assert.Equal(
            ["The mistake that is made most: 6 of 40 images of a are taken for b. Look at their labels, and add training images of both."],
            Suggestions.Create(Metrics(mistakes: 6)));
        Assert.Empty(Suggestions.Create(Metrics(mistakes: 4)));
    }

    private static ClassificationMetrics Metrics(int mistakes)
    {
        MetricsAccumulator metrics = new(["a", "b"]);
        for (int i = 0; i < 40; i++)
        {
            metrics.Add(0, i < mistakes ? [0.4f, 0.6f] : [0.6f, 0.4f]);
            metrics.Add(1, [0.1f, 0.9f]);
        }

        return metrics.ToMetrics();
    }

    private IReadOnlyList<string> Create(TrainingReview? review, string? backbone) => Suggestions.Create(demo.Result with { Review = review }, backbone, published: null);
}
