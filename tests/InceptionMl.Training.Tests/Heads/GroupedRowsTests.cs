using InceptionMl.Training.Features;

namespace InceptionMl.Training.Tests.Heads;

public sealed class GroupedRowsTests
{
    /// <summary>Every row <paramref name="copies"/> times, as copies of one image would be.</summary>
    private static HeadTrainingSet Repeated(HeadTrainingSet set, int copies)
    {
        FeatureMatrix features = new(set.Features.Width);
        foreach (int row in set.Rows.SelectMany(row => Enumerable.Repeat(row, copies)))
        {
            features.Add(set.Features.Row(row));
        }

        int[] rows = [.. Enumerable.Range(0, features.Rows)];
        return new HeadTrainingSet(features, rows, [.. rows.Select(row => set.Labels[row / copies])], [.. rows.Select(_ => 1f / copies)])
        {
            Groups = [.. rows.Select(row => row - (row % copies))],
            JudgingWeights = [.. rows.Select(row => row % copies == 0 ? 1f : 0)],
        };
    }

    [Fact]
    public void The_rows_of_a_group_fall_into_one_fold_and_classes_stay_even()
    {
        int[] rows = [.. Enumerable.Range(0, 240)];
        int[] labels = [.. rows.Select(row => row / 120)];
        int[] groups = [.. rows.Select(row => row - (row % 4))];

        int[] folds = Folds.Stratified(labels, 2, seed: 5, groups: groups);

        Assert.All(rows, row => Assert.Equal(folds[groups[row]], folds[row]));
        Assert.All(rows.CountBy(row => (labels[row], folds[row])), count => Assert.Equal(24, count.Value));
        Assert.Equal(10, rows.Select(row => (labels[row], folds[row])).Distinct().Count());
    }

    [Fact]
    public void Copies_that_are_all_alike_choose_and_fit_what_the_images_alone_do()
    {
        HeadTrainingSet set = Samples.Clustered(90, 12, 3, noise: 3);
        HeadTrainingSet copies = Repeated(set, 4);
        HeadOptions options = new(new TrainingSettings { Heads = new HeadSettings { Try = [HeadKind.Lbfgs] } });

        HeadSearchResult alone = HeadSearch.Run(set, Samples.Empty(set), 3, options, cancellationToken: TestContext.Current.CancellationToken);
        HeadSearchResult augmented = HeadSearch.Run(copies, Samples.Empty(copies), 3, options, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(alone.L2, augmented.L2, 0.1 * alone.L2);
        Assert.All(
            Enumerable.Range(0, alone.Head.Weights.Length),
            i => Assert.Equal(alone.Head.Weights.Span[i], augmented.Head.Weights.Span[i], 0.02));
    }

    [Theory]
    [InlineData(HeadKind.Lbfgs)]
    [InlineData(HeadKind.Sdca)]
    public void Only_the_ratios_of_weights_matter(HeadKind? kind)
    {
        HeadTrainingSet set = Samples.Clustered(60, 8, 3);
        HeadTrainingSet light = set with { Weights = [.. Enumerable.Repeat(0.25f, 60)] };
        HeadTrainingSet heavy = set with { Weights = [.. Enumerable.Repeat(1f, 60)] };
        HeadOptions options = new(new TrainingSettings { Heads = new HeadSettings { Try = Samples.Trainers(kind), L2 = [0.1, 0.01] } });

        HeadSearchResult whole = HeadSearch.Run(heavy, Samples.Empty(set), 3, options, cancellationToken: TestContext.Current.CancellationToken);
        HeadSearchResult quarter = HeadSearch.Run(light, Samples.Empty(set), 3, options, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(
            Enumerable.Range(0, whole.Head.Weights.Length),
            i => Assert.Equal(whole.Head.Weights.Span[i], quarter.Head.Weights.Span[i], 1e-4));
    }

    [Fact]
    public void Rows_of_two_sets_keep_their_groups_and_what_they_are_judged_by()
    {
        FeatureMatrix features = new(4, 2);
        HeadTrainingSet copies = new(features, [0, 1], [0, 0], [0.5f, 0.5f]) { Groups = [0, 0], JudgingWeights = [1, 0] };

        HeadTrainingSet both = copies.With(new HeadTrainingSet(features, [2, 3], [1, 0], [2, 3]));

        Assert.Equal(both.Groups![0], both.Groups[1]);
        Assert.Equal(3, both.Groups.Distinct().Count());
        Assert.Equal([1, 0, 2, 3], both.JudgingWeights!);
    }

    [Fact]
    public void Groups_and_judging_weights_must_fit_the_rows()
    {
        HeadTrainingSet set = Samples.Clustered(6, 2, 2);

        Assert.Throws<ArgumentException>(() => Run(set with { Groups = [0] }));
        Assert.Throws<ArgumentException>(() => Run(set with { JudgingWeights = [1] }));
        Assert.Throws<ArgumentException>(() => Run(set with { JudgingWeights = [1, 1, 1, 1, 1, -1] }));

        HeadSearchResult Run(HeadTrainingSet bad) => HeadSearch.Run(bad, Samples.Empty(set), 2, new HeadOptions());
    }
}
