namespace InceptionMl.Training.Tests.Heads;

/// <summary>Sets of many classes with three rows each, whose gradients are small from the start.</summary>
public sealed class ManyClassesTests
{
    private const double WorstIndependence = 0.02;

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(300)]
    [Trait("Category", "Slow")]
    public void Every_candidate_is_fitted(int classes)
    {
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows(classes);
        HeadSearchResult result = Search(train, validation, classes, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } }));

        Assert.All(result.Candidates, candidate => Assert.True(candidate.Iterations > 0, $"{candidate.L2} took {candidate.Iterations} iterations"));
        double[] losses = [.. result.Candidates.Where(candidate => candidate.Judge == HeadSearch.ByValidation).Select(candidate => candidate.LogLoss)];
        Assert.Equal(losses.Length, losses.Distinct().Count());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(300)]
    [Trait("Category", "Slow")]
    public void The_figure_of_a_penalty_does_not_depend_on_where_the_list_starts(int classes)
    {
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows(classes);
        HeadCandidate[] whole = [.. Search(train, validation, classes, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } })).Candidates];
        foreach (double l2 in new[] { 0.1, 1e-3, 1e-5 })
        {
            HeadSearchResult alone = Search(train, validation, classes, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs], L2 = [l2] } }));

            double expected = whole.First(candidate => candidate.L2 == l2).LogLoss, actual = alone.Candidates[0].LogLoss;
            Assert.InRange(Math.Abs(actual - expected), 0, Math.Max(1e-3, WorstIndependence * expected));
        }
    }

    [Theory]
    [InlineData(2, 1e-3)]
    [InlineData(10, 1e-5)]
    [InlineData(300, 1)]
    [InlineData(300, 1e-3)]
    [InlineData(300, 1e-5)]
    [Trait("Category", "Slow")]
    public void A_fit_ends_near_its_optimum(int classes, double l2)
    {
        HeadTrainingSet set = Rows(classes).Train;
        double reached = Objective(set, classes, l2, new HeadSettings().Tolerance), optimum = Objective(set, classes, l2, 1e-9);

        Assert.InRange(reached / optimum, 1 - 1e-5, 1.002);
    }

    [Fact]
    public void Folds_do_not_judge_what_the_validation_rows_have_ruled_out()
    {
        HeadTrainingSet set = Samples.Clustered(1000, 24, 4, noise: 3);
        (HeadTrainingSet train, HeadTrainingSet validation) = (Samples.Part(set, i => i % 2 == 0), Samples.Part(set, i => i % 2 == 1));
        HeadCandidate[] tried = [.. Search(train, validation, 4, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } })).Candidates];
        HeadCandidate best = tried.Where(candidate => candidate.Judge == HeadSearch.ByValidation).MinBy(candidate => candidate.LogLoss)!;
        double[] folded = [.. tried.Where(candidate => candidate.Judge == HeadSearch.ByFolds).Select(candidate => candidate.L2)];

        Assert.Contains(best.L2, folded);
        Assert.InRange(folded.Length, 1, 6);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Folds_of_very_many_classes_are_left_out_for_their_cost()
    {
        const int Classes = 2500;
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows(Classes, width: 110);
        HeadSearchResult result = Search(train, validation, Classes, new HeadOptions(new TrainingSettings { Heads = new HeadSettings { L2 = [1, 0.1], MaxIterations = 2 } }));

        Assert.False(result.RefinedByFolds);
        Assert.All(result.Candidates, candidate => Assert.Equal(HeadSearch.ByValidation, candidate.Judge));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_long_search_is_the_same_on_any_number_of_threads()
    {
        HeadSearchResult[] results = [.. new[] { 1, 3 }.Select(threads => SearchLong([1, 0.1, 0.01, 1e-3], threads))];

        Assert.Equal(results[0].Candidates.Select(candidate => candidate.LogLoss), results[1].Candidates.Select(candidate => candidate.LogLoss));
        Assert.Equal(results[0].Head.Weights.ToArray(), results[1].Head.Weights.ToArray());
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_long_search_judges_a_penalty_as_a_fit_of_its_own_does()
    {
        HeadCandidate[] path = [.. SearchLong([1, 0.1, 0.01, 1e-3], threads: 2).Candidates];
        foreach (double l2 in new[] { 0.1, 1e-3 })
        {
            double expected = path.First(candidate => candidate.L2 == l2).LogLoss, actual = SearchLong([l2], threads: 2).Candidates[0].LogLoss;
            Assert.InRange(Math.Abs(actual - expected), 0, WorstIndependence * expected);
        }
    }

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(1, 1)]
    public void What_a_long_search_takes_is_told_once_after_its_first_iteration(double secondsPerReading, int times)
    {
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows(3);
        List<HeadProgress> reports = [];
        HeadOptions options = new(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } }, new TickingTime(secondsPerReading));

        HeadSearch.Run(train, validation, 3, options, new Told(reports), TestContext.Current.CancellationToken);

        HeadProgress[] told = [.. reports.Where(report => report.Expected is not null)];
        Assert.Equal(times, told.Length);
        Assert.All(told, report => Assert.Equal(1, report.Iteration));
        Assert.All(told, report => Assert.InRange(report.Expected!.Value.Duration.TotalMinutes, 10, 100));
    }

    // Every look at the clock takes so long.
    private sealed class TickingTime(double seconds) : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now += TimeSpan.FromSeconds(seconds).Ticks;
    }

    private sealed class Told(List<HeadProgress> reports) : IProgress<HeadProgress>
    {
        public void Report(HeadProgress value) => reports.Add(value);
    }

    // A class's weights by a thousand features: the vectors are summed in pieces, and fits go on along the path of those before.
    private static HeadSearchResult SearchLong(double[] l2, int threads)
    {
        const int Classes = 300;
        (HeadTrainingSet train, HeadTrainingSet validation) = Rows(Classes, width: 1024);
        HeadSettings heads = new() { L2 = l2, Try = [HeadKind.Lbfgs], CrossValidationBelow = 0 };
        return Search(train, validation, Classes, new HeadOptions(new TrainingSettings { Heads = heads }) { Threads = threads });
    }

    private static (HeadTrainingSet Train, HeadTrainingSet Validation) Rows(int classes, int width = 40)
    {
        HeadTrainingSet set = Samples.Clustered(Math.Max(60, classes * 3), width, classes, noise: 0.6);
        int cut = set.Rows.Length * 2 / 3;
        return (Samples.Part(set, i => i < cut), Samples.Part(set, i => i >= cut));
    }

    private static double Objective(HeadTrainingSet set, int classes, double l2, double tolerance)
    {
        double value = double.NaN;
        new LogisticRegression(set, classes, new HeadOptions()).Fit(
            l2, null, tolerance, (_, objective) => value = objective, TestContext.Current.CancellationToken);
        return value;
    }

    private static HeadSearchResult Search(HeadTrainingSet train, HeadTrainingSet validation, int classes, HeadOptions options) =>
        HeadSearch.Run(train, validation, classes, options, cancellationToken: TestContext.Current.CancellationToken);
}
