using System.Text.Json;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Tests.Heads;

public sealed class LogisticRegressionTests
{
    private static readonly HeadOptions OneThread = new() { Threads = 1 };

    [Fact]
    public void The_optimum_is_scikit_learns()
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(
            InceptionMl.TestSupport.Workspace.At("tests", "InceptionMl.Training.Tests", "Heads", "logistic-golden.json")));
        float[][] features = golden.RootElement.GetProperty("features").Deserialize<float[][]>()!;
        double[][] expected = golden.RootElement.GetProperty("probabilities").Deserialize<double[][]>()!;
        FeatureMatrix matrix = new(features[0].Length);
        foreach (float[] row in features)
        {
            matrix.Add(row);
        }

        HeadTrainingSet set = new(
            matrix,
            [.. Enumerable.Range(0, features.Length)],
            golden.RootElement.GetProperty("labels").Deserialize<int[]>()!,
            golden.RootElement.GetProperty("weights").Deserialize<float[]>()!);
        LinearHead head = Fit(set, 3, golden.RootElement.GetProperty("l2").GetDouble());

        AssertProbabilities(expected, head, set, 2e-4);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_given_twice()
    {
        HeadTrainingSet set = Samples.Clustered(60, 12, 3);
        HeadTrainingSet weighted = set with { Weights = [.. set.Rows.Select(row => row % 2 == 0 ? 2f : 1f)] };
        int[] twice = [.. set.Rows.SelectMany(row => row % 2 == 0 ? (int[])[row, row] : [row])];
        HeadTrainingSet repeated = new(set.Features, twice, [.. twice.Select(row => set.Labels[row])]);

        AssertProbabilities(Probabilities(Fit(repeated, 3, 0.05), set), Fit(weighted, 3, 0.05), set, 2e-4);
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_threads_nor_on_the_run()
    {
        HeadTrainingSet set = Samples.Clustered(700, 40, 5);
        LinearHead one = new LogisticRegression(set, 5, OneThread).Fit(0.01, null, 1e-5, null, TestContext.Current.CancellationToken).Head;
        LinearHead again = new LogisticRegression(set, 5, OneThread).Fit(0.01, null, 1e-5, null, TestContext.Current.CancellationToken).Head;
        LinearHead three = new LogisticRegression(set, 5, new HeadOptions() { Threads = 3 }).Fit(0.01, null, 1e-5, null, TestContext.Current.CancellationToken).Head;

        Assert.True(one.Weights.Span.SequenceEqual(again.Weights.Span) && one.Bias.Span.SequenceEqual(again.Bias.Span));
        Assert.True(one.Weights.Span.SequenceEqual(three.Weights.Span) && one.Bias.Span.SequenceEqual(three.Bias.Span));
    }

    [Fact]
    public void A_constant_column_gets_no_weight()
    {
        HeadTrainingSet set = Samples.Clustered(60, 8, 3);
        foreach (int row in set.Rows)
        {
            set.Features.Row(row)[4] = 123456.7f;
        }

        LinearHead head = Fit(set, 3, 0.01);

        Assert.Equal(0, head.Weights.Span[4]);
        Assert.True(HeadScore.Compute(head, set).Accuracy > 0.9);
    }

    [Fact]
    public void Scale_and_offset_of_a_column_do_not_matter()
    {
        HeadTrainingSet set = Samples.Clustered(90, 6, 3);
        double[][] expected = Probabilities(Fit(set, 3, 0.01), set);
        foreach (int row in set.Rows)
        {
            set.Features.Row(row)[0] *= 1e12f;
            set.Features.Row(row)[1] *= 1e-12f;
            set.Features.Row(row)[2] += 64;
        }

        AssertProbabilities(expected, Fit(set, 3, 0.01), set, 1e-3);
    }

    [Fact]
    public void A_canceled_fit_throws()
    {
        using CancellationTokenSource source = new();
        LogisticRegression regression = new(Samples.Clustered(200, 16, 4), 4, OneThread);

        Assert.ThrowsAny<OperationCanceledException>(() => regression.Fit(
            1e-6,
            null,
            1e-9,
            (iteration, _) =>
            {
                if (iteration == 3)
                {
                    source.Cancel();
                }
            },
            source.Token));
    }

    private static LinearHead Fit(HeadTrainingSet set, int classes, double l2)
        => new LogisticRegression(set, classes, OneThread).Fit(l2, null, 1e-8, null, TestContext.Current.CancellationToken).Head;

    private static double[][] Probabilities(LinearHead head, HeadTrainingSet set) => [.. set.Rows.Select(row =>
    {
        float[] probabilities = new float[head.Classes];
        head.Probabilities(set.Features.Row(row), probabilities);
        return Array.ConvertAll(probabilities, value => (double)value);
    })];

    private static void AssertProbabilities(double[][] expected, LinearHead head, HeadTrainingSet set, double tolerance)
    {
        double[][] actual = Probabilities(head, set);
        double worst = expected.SelectMany(row => row).Zip(actual.SelectMany(row => row), (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= tolerance, $"probabilities differ by {worst}");
    }
}
