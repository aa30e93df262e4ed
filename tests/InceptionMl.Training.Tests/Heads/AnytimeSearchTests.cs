namespace InceptionMl.Training.Tests.Heads;

public sealed class AnytimeSearchTests
{
    private readonly HeadTrainingSet set = Samples.Clustered(150, 20, 3, noise: 4);

    [Theory]
    [InlineData(null)]
    [InlineData(HeadKind.Lbfgs)]
    [InlineData(HeadKind.Sdca)]
    public void Folds_judge_every_candidate_with_mean_and_deviation(HeadKind? kind)
    {
        HeadSearchResult result = Run(new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = Samples.Trainers(kind) }, Split = new SplitSettings { Folds = 4 } }));

        Assert.All(result.Candidates, candidate =>
        {
            Assert.Equal("cross-validation", candidate.Judge);
            Assert.InRange(candidate.LogLossDeviation!.Value, 0, 2);
            Assert.InRange(candidate.AccuracyDeviation!.Value, 0, 0.5);
            Assert.False(candidate.Stopped);
        });
        HeadCandidate chosen = Assert.Single(result.Candidates, candidate => candidate.Chosen);
        Assert.Equal(result.Trainer, chosen.Trainer);
        Assert.Equal(result.Candidates.Where(c => c.Trainer == result.Trainer).Min(c => c.LogLoss), chosen.LogLoss);
        Assert.Equal(kind == null ? 2 : 1, result.Candidates.Select(c => c.Trainer).Distinct().Count());
        Assert.True(new HeadSettings().L2.All(l2 => result.Candidates.Any(c => c.L2 == l2)));
    }

    [Fact]
    public void The_figures_are_those_of_the_rows_out_of_fold()
    {
        HeadSearchResult result = Run(new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] }, Split = new SplitSettings { Folds = 4 } }));
        CrossValidation folds = result.CrossValidation!;
        HeadScore score = Enumerable.Range(0, 4)
            .Select(fold => HeadScore.Compute(folds.Heads[fold]!, set, row => folds.FoldOfRow[row] == fold))
            .Aggregate((left, right) => left + right);

        Assert.Equal(4, folds.Folds);
        Assert.Equal(score.LogLoss, result.ValidationLogLoss, 1e-12);
        Assert.Equal(score.Accuracy, result.ValidationAccuracy, 1e-12);
        Assert.True(HeadScore.Compute(result.Head, set).LogLoss < result.ValidationLogLoss);
    }

    [Fact]
    public void Copies_of_a_row_in_one_group_do_not_flatter_it()
    {
        HeadTrainingSet hard = Samples.Clustered(60, 200, 3, noise: 12);
        int[] twice = [.. hard.Rows, .. hard.Rows];
        HeadTrainingSet copies = new(hard.Features, twice, [.. hard.Labels, .. hard.Labels]);
        HeadTrainingSet grouped = copies with { Groups = twice };
        HeadOptions options = new(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] }, Split = new SplitSettings { Folds = 5 } });

        HeadSearchResult split = Run(copies, Samples.Empty(hard), options), whole = Run(grouped, Samples.Empty(hard), options);

        Assert.InRange(whole.ValidationAccuracy, 0.2, 0.8);
        Assert.True(split.ValidationLogLoss < 0.7 * whole.ValidationLogLoss, $"{split.ValidationLogLoss} and {whole.ValidationLogLoss}");
    }

    [Fact]
    public void Validation_rows_enough_judge_alone_under_a_budget()
    {
        HeadSearchResult result = Run(new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs], TimeBudgetSeconds = 3600, CrossValidationBelow = 20 } }));

        Assert.All(result.Candidates, candidate => Assert.Equal(("validation", null), (candidate.Judge, candidate.LogLossDeviation)));
        Assert.Null(result.CrossValidation);
        Assert.Equal(result.ValidationLogLoss, HeadScore.Compute(result.SearchHead, Samples.Part(set, i => i >= 120)).LogLoss, 1e-12);
    }

    [Theory]
    [InlineData(HeadKind.Lbfgs, 0.02)]
    [InlineData(HeadKind.Lbfgs, 0.3)]
    [InlineData(HeadKind.Lbfgs, 1)]
    [InlineData(null, 3)]
    [InlineData(null, 100)]
    [InlineData(HeadKind.Sdca, 0.3)]
    [InlineData(HeadKind.Sdca, 1)]
    [InlineData(HeadKind.Sdca, 3)]
    [InlineData(HeadKind.Sdca, 100)]
    public void The_time_budget_is_kept_and_a_head_always_found(HeadKind? kind, double budget)
    {
        SearchTime time = new(0.002);
        HeadSearchResult result = Run(Timed(kind, budget, time), time);

        Assert.InRange(time.Seconds, 0, Math.Max(1.1 * budget, 0.03));
        Assert.NotEmpty(result.Candidates);
        Assert.True(double.IsFinite(result.ValidationLogLoss));
        Assert.Contains(time.Iterations, iteration => iteration.Final);
    }

    [Fact]
    public void More_time_tries_more_and_the_likely_ones_come_first()
    {
        HeadCandidate[][] tried = [.. new[] { 0.3, 0.6, 1.2, 1000 }.Select(budget =>
        {
            SearchTime time = new(0.002);
            return Run(Timed(HeadKind.Lbfgs, budget, time), time).Candidates.ToArray();
        })];
        int[] counts = [.. tried.Select(candidates => candidates.Length)];

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[0] < counts[^1], string.Join(" ", counts));
        Assert.All(tried, candidates => Assert.Equal(0.01, candidates[0].L2));
    }

    [Fact]
    public void The_same_candidates_finished_give_the_same_bits()
    {
        SearchTime slow = new(0.002), fast = new(0.001);
        HeadSearchResult first = Run(Timed(HeadKind.Lbfgs, 1000, slow), slow), second = Run(Timed(HeadKind.Lbfgs, 1000, fast), fast);

        Assert.True(first.Head.Weights.Span.SequenceEqual(second.Head.Weights.Span));
        Assert.Equal(first.Candidates.Select(c => (c.L2, c.LogLoss)), second.Candidates.Select(c => (c.L2, c.LogLoss)));
    }

    [Fact]
    public void A_candidate_that_the_time_cut_short_says_so()
    {
        SearchTime time = new(0.01);
        HeadCandidate only = Assert.Single(Run(Timed(HeadKind.Lbfgs, 0.1, time), time).Candidates);

        Assert.True(only is { Stopped: true, Chosen: true, Iterations: < 15 });
    }

    [Fact]
    public void The_choice_agrees_with_the_whole_search()
    {
        HeadSearchResult whole = Run(new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } })), folds = Run(new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] }, Split = new SplitSettings { Folds = 5 } }));

        Assert.InRange(folds.L2 / whole.L2, 0.4, 2.5);
    }

    [Fact]
    public void Classes_of_one_row_and_fewer_rows_than_folds_do_no_harm()
    {
        HeadTrainingSet few = Samples.Clustered(4, 6, 3);
        HeadSearchResult result = Run(few, Samples.Empty(few), new HeadOptions(new TrainingSettings { Split = new SplitSettings { Folds = 10 } }));

        Assert.Equal(4, result.CrossValidation!.Folds);
        Assert.True(double.IsFinite(result.ValidationLogLoss));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [InlineData(101, 1)]
    [InlineData(2, 0)]
    public void Folds_and_budgets_out_of_range_are_refused(int folds, int seconds)
        => Assert.Throws<PipelineException>(() => new TrainingSettings
        {
            Data = ["images"],
            Split = new SplitSettings { Folds = folds },
            Heads = new HeadSettings { TimeBudgetSeconds = seconds },
        }.Validate());

    private static HeadOptions Timed(HeadKind? kind, double budget, SearchTime time)
        => new(new TrainingSettings { Heads = new HeadSettings { Try = Samples.Trainers(kind), TimeBudgetSeconds = budget }, Split = new SplitSettings { Folds = 3 } }, time) { Threads = 2 };

    private HeadSearchResult Run(HeadOptions options, SearchTime? time = null)
        => Run(Samples.Part(set, i => i < 120), Samples.Part(set, i => i >= 120), options, time);

    private static HeadSearchResult Run(HeadTrainingSet train, HeadTrainingSet validation, HeadOptions options, SearchTime? time = null)
        => HeadSearch.Run(train, validation, 3, options, time, TestContext.Current.CancellationToken);
}
