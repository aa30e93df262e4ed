using InceptionMl.Drift.Internal;
using InceptionMl.Training.Evaluation.Internal;

namespace InceptionMl.Training.Tests.Evaluation;

public sealed class LabelShiftTests
{
    [Fact]
    public void The_shares_are_those_under_which_such_a_model_gives_such_answers()
    {
        // Of 100 of the first label 90 are known, of 100 of the second 80. Of 300 and 100 such images 290 are given the first, 110 the second.
        DriftReference.Cell[] confusion = [new(0, 0, 90), new(0, 1, 10), new(1, 0, 20), new(1, 1, 80)];

        IReadOnlyList<double> shares = LabelShift.Estimate(confusion, [0.5, 0.5], [290, 110]);

        Assert.Equal(0.75, shares[0], 4);
        Assert.Equal(0.25, shares[1], 4);
    }

    [Fact]
    public void Labels_that_a_model_cannot_tell_apart_keep_their_shares()
    {
        DriftReference.Cell[] confusion = [new(0, 0, 50), new(0, 1, 50), new(1, 0, 50), new(1, 1, 50), new(2, 2, 100)];

        IReadOnlyList<double> shares = LabelShift.Estimate(confusion, [0.25, 0.25, 0.5], [100, 100, 200]);

        Assert.Equal([0.25, 0.25, 0.5], shares.Select(share => Math.Round(share, 4)));
    }

    [Fact]
    public void A_label_that_no_image_judged_is_taken_as_answered() =>
        Assert.Equal([0.75, 0.25], LabelShift.Estimate([new(0, 0, 10)], [0.5, 0.5], [75, 25]).Select(share => Math.Round(share, 4)));

    [Fact]
    public void The_smallest_of_the_exact_tests_counts_as_often_as_there_are_labels()
    {
        // Fisher's exact test of 3 of 10 against 9 of 10: 0.0198 (two-sided; R's fisher.test).
        Assert.Equal(2 * 0.019768, LabelShift.PValue([3, 7], [9, 1]), 4);
        Assert.Equal(1, LabelShift.PValue([5, 5], [5, 5]));
        Assert.Equal(1, LabelShift.PValue([0, 0], [5, 5]));
        Assert.InRange(LabelShift.PValue([500, 500], [long.MaxValue / 8, long.MaxValue / 16]), 0, 1e-10);
    }
}
