using InceptionMl.Models.Internal;

namespace InceptionMl.Training.Tests.Heads;

public sealed class WarmStartTests
{
    private readonly HeadTrainingSet set = Samples.Clustered(1500, 30, 3, noise: 4);

    private LinearHead Champion => Run(Samples.Part(set, i => i < 1450), new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs], L2 = [1e-4] } })).Result.Head;

    [Fact]
    public void The_optimum_is_the_same_and_sooner_reached()
    {
        HeadOptions options = new(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs], L2 = [1e-4] } });
        HeadOptions warmly = new(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs], L2 = [1e-4] } }) { WarmStart = Champion };
        (HeadSearchResult cold, HeadProgress[] coldFit) = Run(set, options);
        (HeadSearchResult warm, HeadProgress[] warmFit) = Run(set, warmly);

        Assert.Equal(cold.L2, warm.L2);
        Assert.True(warmFit.Length < 0.8 * coldFit.Length, $"{warmFit.Length} iterations, cold {coldFit.Length}");
        Assert.Equal(coldFit[^1].Objective, warmFit[^1].Objective, 1e-6);
        Assert.Equal(HeadScore.Compute(cold.Head, set).Accuracy, HeadScore.Compute(warm.Head, set).Accuracy);
        Assert.True(warm.Head.Weights.Span.SequenceEqual(Run(set, warmly).Result.Head.Weights.Span));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void It_has_no_part_in_the_choice(int folds)
    {
        (HeadSearchResult cold, _) = Run(set, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] }, Split = new SplitSettings { Folds = folds } }));
        (HeadSearchResult warm, _) = Run(set, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] }, Split = new SplitSettings { Folds = folds } }) { WarmStart = Champion });

        Assert.Equal(cold.Candidates.Select(c => (c.L2, c.LogLoss, c.Iterations)), warm.Candidates.Select(c => (c.L2, c.LogLoss, c.Iterations)));
        Assert.False(cold.Head.Weights.Span.SequenceEqual(warm.Head.Weights.Span));
    }

    [Fact]
    public void Classes_are_matched_by_name_new_ones_start_at_zero_and_vanished_ones_go()
    {
        WarmStart start = new(new LinearHead(2, [1, 2, 3, 4, 5, 6], [7, 8, 9]), ["a", "gone", "b"]);
        LinearHead head = start.For(["b", "new", "a"], 2)!;

        Assert.Equal([5, 6, 0, 0, 1, 2], head.Weights.ToArray());
        Assert.Equal([9, 0, 7], head.Bias.ToArray());
    }

    [Fact]
    public void Another_width_or_no_common_class_is_a_cold_start()
    {
        WarmStart start = new(new LinearHead(2, [1, 2], [3]), ["a"]);

        Assert.Null(start.For(["a"], 3));
        Assert.Null(start.For(["A", "b"], 2));
        Assert.Throws<ArgumentException>(() => (start with { Classes = ["a", "b"] }).For(["a"], 2));
    }

    [Fact]
    public void A_head_of_other_classes_is_refused()
    {
        HeadOptions options = new() { WarmStart = new LinearHead(30, new float[60], new float[2]) };

        Assert.Contains("3 classes", Assert.Throws<ArgumentException>(() => Run(set, options)).Message, StringComparison.Ordinal);
    }

    private static (HeadSearchResult Result, HeadProgress[] Final) Run(HeadTrainingSet all, HeadOptions options)
    {
        SearchTime progress = new(0.001);
        HeadSearchResult result = HeadSearch.Run(all, Samples.Empty(all), 3, options, progress, TestContext.Current.CancellationToken);
        return (result, [.. progress.Iterations.Where(iteration => iteration.Final)]);
    }
}
