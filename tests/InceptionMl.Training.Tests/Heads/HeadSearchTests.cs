namespace InceptionMl.Training.Tests.Heads;

public sealed class HeadSearchTests
{
    private static readonly HeadOptions Options = new(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } }) { Threads = 2 };

    [Fact]
    public void Noisy_rows_need_a_stronger_penalty_than_the_weakest()
    {
        HeadTrainingSet set = Samples.Clustered(300, 60, 3, noise: 8);
        HeadSearchResult result = Search(set, Options);

        Assert.InRange(result.L2, 0.01, 100);
        Assert.True(result.Candidates.Select(c => c.L2).Max() / result.Candidates.Select(c => c.L2).Min() >= 0.99e6);
        Assert.True(result.ValidationLogLoss <= Math.Log(3) * 1.02);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(HeadKind.Lbfgs)]
    [InlineData(HeadKind.Sdca)]
    public void Every_kind_learns_and_repeats_to_the_bit(HeadKind? kind)
    {
        HeadTrainingSet set = Samples.Clustered(120, 24, 4);
        HeadOptions options = new(new TrainingSettings { Heads = new HeadSettings { Try = Samples.Trainers(kind), L2 = [1, 0.1, 0.01, 0.001] } });
        HeadSearchResult first = Search(set, options), second = Search(set, options);

        Assert.True(first.ValidationAccuracy > 0.9, string.Join("\n", first.Candidates));
        Assert.Equal(kind == HeadKind.Sdca ? "sdca" : first.Trainer, first.Trainer);
        Assert.True(first.Head.Weights.Span.SequenceEqual(second.Head.Weights.Span));
        Assert.True(first.SearchHead.Weights.Span.SequenceEqual(second.SearchHead.Weights.Span));
        Assert.Equal(first.L2, second.L2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(HeadKind.Sdca)]
    public void Without_validation_rows_the_train_rows_choose(HeadKind? kind)
    {
        HeadTrainingSet set = Samples.Clustered(90, 10, 3);
        HeadSearchResult result = Run(set, Samples.Empty(set), 3, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = Samples.Trainers(kind) } }));

        Assert.True(HeadScore.Compute(result.Head, set).Accuracy > 0.9);
        Assert.True(double.IsNaN(result.ValidationLogLoss));
    }

    [Fact]
    public void One_row_a_class_is_enough_to_tell_them_apart()
    {
        HeadTrainingSet set = Samples.Clustered(4, 10, 4);
        HeadSearchResult result = Run(set, Samples.Empty(set), 4, new HeadOptions());

        Assert.Equal(1, HeadScore.Compute(result.Head, set).Accuracy);
    }

    [Fact]
    public void A_class_may_be_missing_from_validation_or_from_train()
    {
        HeadTrainingSet set = Samples.Clustered(120, 10, 4);
        HeadTrainingSet train = Samples.Part(set, i => i % 5 != 0 && set.Labels[i] != 2);
        HeadTrainingSet validation = Samples.Part(set, i => i % 5 == 0 && set.Labels[i] != 1);
        HeadSearchResult result = Run(train, validation, 4, Options);

        Assert.Equal(4, result.Head.Classes);
        Assert.True(double.IsFinite(result.ValidationLogLoss));
    }

    [Fact]
    public void One_class_alone_is_certain()
    {
        HeadTrainingSet set = Samples.Clustered(20, 6, 1);
        HeadSearchResult result = Search(set, new HeadOptions());
        float[] probabilities = new float[1];
        result.Head.Probabilities(set.Features.Row(0), probabilities);

        Assert.Equal(1, probabilities[0]);
    }

    [Fact]
    public void Without_folds_budget_or_warm_start_the_search_takes_the_path_it_always_took()
    {
        HeadTrainingSet set = Samples.Clustered(150, 20, 3, noise: 4);
        HeadSearchResult result = Search(set, new HeadOptions() { Threads = 2 });
        string path = string.Join(" ", result.Candidates.Select(c => FormattableString.Invariant($"{c.Trainer[0]}{c.Judge[0]}{c.L2:G3}")));
        double[] losses = [1.09, 1.05, 1.13, 1.36, 1.46, 1.48, 1.48, 1.07, 1.06, 1.04, 1.09, 1.08, 1.06, 1.02, 1.00, 1.04, 1.14];

        Assert.Equal("lv10 lv1 lv0.1 lv0.01 lv0.001 lv0.0001 lv1E-05 lv3 sv3 sv1 lc31.6 lc10 lc3.16 lc1 lc0.316 lc0.1 lc0.0316", path);
        Assert.All(result.Candidates.Zip(losses), pair => Assert.Equal(pair.Second, pair.First.LogLoss, 0.01));
        Assert.Equal(0.3151, result.L2, 0.002);
        Assert.Equal(0.316, Assert.Single(result.Candidates, candidate => candidate.Chosen).L2, 0.001);
        Assert.True(result.RefinedByFolds);
        Assert.Null(result.CrossValidation);
    }

    [Fact]
    public void Balanced_weights_let_classes_count_alike()
    {
        int[] labels = [0, 0, 0, 2];
        float[] weights = ClassWeights.Balanced(labels, 3);

        Assert.Equal([2 / 3f, 2 / 3f, 2 / 3f, 2f], weights);
    }

    [Fact]
    public void Bad_input_is_refused_with_the_reason()
    {
        HeadTrainingSet set = Samples.Clustered(20, 6, 2);
        Assert.Contains("class 1", Assert.Throws<ArgumentException>(() => Run(set, Samples.Empty(set), 1, Options)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run(Samples.Empty(set), Samples.Empty(set), 2, Options));
        set.Features.Row(3)[2] = float.NaN;
        Assert.Contains("Row 3", Assert.Throws<ArgumentException>(() => Run(set, Samples.Empty(set), 2, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_canceled_search_throws()
    {
        HeadTrainingSet set = Samples.Clustered(20, 6, 2);
        Assert.ThrowsAny<OperationCanceledException>(
            () => HeadSearch.Run(set, Samples.Empty(set), 2, Options, null, new CancellationToken(canceled: true)));
    }

    private static HeadSearchResult Search(HeadTrainingSet set, HeadOptions options)
        => Run(Samples.Part(set, i => i % 10 < 8), Samples.Part(set, i => i % 10 >= 8), set.Labels.Max() + 1, options);

    private static HeadSearchResult Run(HeadTrainingSet train, HeadTrainingSet validation, int classes, HeadOptions options)
        => HeadSearch.Run(train, validation, classes, options, null, TestContext.Current.CancellationToken);
}
