using InceptionMl.Backbones;
using InceptionMl.TestSupport;

namespace InceptionMl.Training.Tests.Training;

public sealed class BackboneComparisonTests
{
    private static readonly string Images = Path.Combine(TrainedDemo.Images, "train");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backbones_are_judged_on_the_same_images_by_heads_that_have_not_seen_them()
    {
        using TemporaryFolder folder = new();
        BackboneComparison comparison = new(new TrainingSettings { Data = [Images], Cache = folder.At("cache") });
        List<BackboneComparison.BackbonePlan> plans = [];

        IReadOnlyList<BackboneFigures> figures = await comparison.CompareAsync(
            [new BackboneSettings { InputSize = "32" }, new BackboneSettings { InputSize = "96", Features = "last" }], images: 60, new Told(plans), cancellationToken: Stop);

        Assert.Equal(["inception-compact@32", "inception-compact@96"], figures.Select(one => one.Name));
        Assert.Equal([1576, 576], figures.Select(one => one.Features));
        Assert.Equal(60, Assert.Single(plans).Images);
        Assert.Single(figures.Select(one => one.Images).Distinct());
        Assert.All(figures, one => Assert.InRange(one.Images, 40, 60));
        Assert.All(figures, one => Assert.InRange(one.Accuracy, one.AccuracyLow, one.AccuracyHigh));
        Assert.All(figures, one => Assert.InRange(one.LogLoss, 0, Math.Log(6)));
        Assert.InRange(figures[1].MultiplyAdds / (double)figures[0].MultiplyAdds, 7, 11);
    }

    [Fact]
    public async Task The_same_images_give_the_same_figures_whatever_is_cached()
    {
        using TemporaryFolder folder = new();
        BackboneComparison comparison = new(new TrainingSettings { Data = [Images], Cache = folder.At("cache") });
        BackboneSettings[] one = [new() { InputSize = "32" }];

        IReadOnlyList<BackboneFigures> first = await comparison.CompareAsync(one, images: 36, cancellationToken: Stop);
        IReadOnlyList<BackboneFigures> again = await comparison.CompareAsync(one, images: 36, cancellationToken: Stop);

        Assert.Equal((first[0].Right, first[0].LogLoss), (again[0].Right, again[0].LogLoss));
    }

    [Fact]
    public void Everything_at_hand_is_found_once()
    {
        PackagedBackbone packaged = new()
        {
            Name = "boxed",
            Network = "boxed",
            OnnxPath = "boxed.onnx",
            Sha256 = new string('0', 64),
            Preprocessing = new BackbonePreprocessing(32, 32, [0, 0, 0], [1, 1, 1], "RGB"),
            FeatureWidth = 8,
        };
        BackboneComparison comparison = new(new TrainingSettings { Data = [Images] }, new TrainOptions { Packaged = [packaged, packaged] });

        Assert.Equal(["inception-compact", "boxed"], comparison.FindAll().Select(found => found.Model.Name));
    }

    [Fact]
    public void The_lowest_log_loss_wins()
    {
        BackboneFigures small = Figures("small", 1, 90, 0.50, 0.51);
        BackboneFigures large = Figures("large", 9, 95, 0.20, 0.21);

        Assert.Same(large, BackboneFigures.Choose([small, large]));
    }

    [Fact]
    public void A_cheaper_one_wins_where_the_difference_is_within_its_error_and_half_a_point()
    {
        BackboneFigures small = Figures("small", 1, 95, 0.20, 0.61);
        BackboneFigures large = Figures("large", 9, 95, 0.50, 0.30);
        BackboneFigures worse = Figures("worse", 1, 94, 0.20, 0.61);

        Assert.Same(small, BackboneFigures.Choose([small, large]));
        Assert.Same(large, BackboneFigures.Choose([worse, large]));
    }

    // Half of the images have one loss, half the other.
    private static BackboneFigures Figures(string name, long cost, int right, double loss, double otherLoss) =>
        new([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? loss : otherLoss)])
        {
            Backbone = new BackboneSettings { Model = name },
            InputWidth = 32,
            InputHeight = 32,
            Features = 8,
            Right = right,
            MultiplyAdds = cost,
            NetworkBytes = cost,
            MillisecondsPerImage = cost,
        };

    private sealed class Told(List<BackboneComparison.BackbonePlan> plans) : IProgress<BackboneComparison.BackbonePlan>
    {
        public void Report(BackboneComparison.BackbonePlan value) => plans.Add(value);
    }
}
