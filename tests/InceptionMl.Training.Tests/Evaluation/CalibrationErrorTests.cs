using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training.Tests.Evaluation;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void Of_probabilities_that_hold_chance_gives_more_than_there_is()
    {
        ClassificationMetrics metrics = Measure(right: 7, of: 10);

        // By hand: the mean distance of a binomial number of 10 at 0.7 from 7 is 2 * 8 * 45 * 0.7^8 * 0.3^3 = 1.12.
        Assert.Equal(0, metrics.Confidence!.Ece, 1e-6);
        Assert.InRange(metrics.Confidence.ByChance, 0.08, 0.145);
        Assert.Equal(0, metrics.Classwise!.Ece, 1e-6);
        Assert.Equal(metrics.Confidence.ByChance, metrics.Classwise.ByChance, 1e-6);
    }

    [Fact]
    public void Of_two_classes_each_is_as_far_off_as_the_most_probable_label()
    {
        ClassificationMetrics metrics = Measure(right: 400, of: 1000);

        Assert.Equal(0.3, metrics.Confidence!.Ece, 1e-6);
        Assert.Equal(metrics.Ece!.Value, metrics.Confidence.Ece, 1e-9);
        Assert.Equal(0.3, metrics.Classwise!.Ece, 1e-6);

        // The deviation of a share of 1,000 at 0.4 is 0.0155.
        Assert.InRange(metrics.Confidence.Low, 0.255, 0.283);
        Assert.InRange(metrics.Confidence.High, 0.317, 0.345);
        Assert.InRange(metrics.Confidence.ByChance, 0.007, 0.016);
    }

    [Fact]
    public void Without_images_there_is_none()
    {
        ClassificationMetrics metrics = new MetricsAccumulator(["a", "b"]).ToMetrics();

        Assert.Null(metrics.Confidence);
        Assert.Null(metrics.Classwise);
    }

    private static ClassificationMetrics Measure(int right, int of)
    {
        MetricsAccumulator metrics = new(["a", "b"]);
        for (int i = 0; i < of; i++)
        {
            metrics.Add(i < right ? 0 : 1, [0.7f, 0.3f]);
        }

        return metrics.ToMetrics();
    }
}
