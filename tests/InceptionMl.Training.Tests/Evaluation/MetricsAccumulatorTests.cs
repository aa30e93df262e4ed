using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training.Tests.Evaluation;

public sealed class MetricsAccumulatorTests
{
    private static ClassificationMetrics Measure(string[] labels, params (int Truth, float[] Probabilities)[] images)
    {
        MetricsAccumulator metrics = new(labels);
        foreach ((int truth, float[] probabilities) in images)
        {
            metrics.Add(truth, probabilities);
        }

        return metrics.ToMetrics();
    }

    // Expected values by scikit-learn 1.2: accuracy_score, f1_score(average="macro"), log_loss; the calibration error by hand.
    [Fact]
    public void Figures_equal_those_of_scikit_learn()
    {
        ClassificationMetrics metrics = Measure(
            ["a", "b", "c"],
            (0, [0.7f, 0.2f, 0.1f]), (1, [0.1f, 0.8f, 0.1f]), (2, [0.3f, 0.4f, 0.3f]), (0, [0.2f, 0.5f, 0.3f]), (2, [0.1f, 0.1f, 0.8f]));

        Assert.Equal(0.6, metrics.Accuracy!.Value, 1e-9);
        Assert.Equal((2.0 / 3 + 0.5 + 2.0 / 3) / 3, metrics.MacroF1!.Value, 1e-9);
        Assert.Equal(-(Math.Log(0.7) + Math.Log(0.8) + Math.Log(0.3) + Math.Log(0.2) + Math.Log(0.8)) / 5, metrics.LogLoss!.Value, 1e-6);
        Assert.Equal((0.3 + 0.4 + 0.4 + 0.5) / 5, metrics.Ece!.Value, 1e-6);
        Assert.Equal([[1, 1, 0], [0, 1, 0], [0, 1, 1]], metrics.Confusion);
        Assert.Equal([0.5, 1, 0.5], metrics.PerClass.Select(c => c.Recall!.Value));
        Assert.Equal(1, metrics.Top5);
    }

    [Fact]
    public void A_certain_mistake_costs_no_more_than_the_floor() =>
        Assert.Equal(-Math.Log(1e-15), Measure(["a", "b"], (0, [0f, 1f])).LogLoss!.Value, 1e-9);

    [Fact]
    public void A_label_the_model_does_not_know_is_wrong_and_never_predicted()
    {
        ClassificationMetrics metrics = Measure(["a", "b", "new"], (2, [0.6f, 0.4f]));

        Assert.Equal(0, metrics.Accuracy);
        Assert.Equal(0, metrics.Top5);
        Assert.Equal(1, metrics.Confusion[2][0]);
    }

    [Fact]
    public void No_image_gives_no_figures()
    {
        ClassificationMetrics metrics = Measure(["a", "b"]);

        Assert.Equal((null, null, null, null), (metrics.Accuracy, metrics.MacroF1, metrics.LogLoss, metrics.Ece));
    }

    [Fact]
    public void A_class_that_never_occurs_does_not_count_in_the_mean() =>
        Assert.Equal(1, Measure(["a", "b", "c"], (0, [1f, 0f, 0f]), (1, [0f, 1f, 0f])).MacroF1);
}
