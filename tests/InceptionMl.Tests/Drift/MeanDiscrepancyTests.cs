using InceptionMl.Drift.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Tests.Drift;

public sealed class MeanDiscrepancyTests
{
    private static (double Discrepancy, double PValue) Compare(float[][] first, float[][] second) =>
        MeanDiscrepancy.Compare(first, second, TestContext.Current.CancellationToken);

    private static float[][] Draw(int count, ulong seed, float shift)
    {
        SplitMix64 random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float[])[.. Enumerable.Range(0, 8).Select(_ => (float)random.Between(-1, 1) + shift)])];
    }

    [Fact]
    public void It_is_as_by_hand()
    {
        (double discrepancy, _) = Compare([[0], [1]], [[2]]);

        // The distances are 1, 2 and 1, their median 1: kernels e^(-1/2), e^(-2) and e^(-1/2).
        double near = Math.Exp(-0.5);
        double far = Math.Exp(-2);
        Assert.Equal(Math.Sqrt(((2 + (2 * near)) / 4) - (far + near) + 1), discrepancy, 6);
    }

    [Fact]
    public void Of_three_vectors_chance_does_what_is_counted_by_hand()
    {
        // Of the three ways to set one of three apart, two (the first or the last) give the largest discrepancy.
        (_, double p) = Compare([[0], [1]], [[2]]);

        Assert.InRange(p, 0.45, 0.85);
    }

    [Fact]
    public void Samples_of_one_kind_rarely_differ()
    {
        int alarms = Enumerable.Range(0, 200).Count(i => Compare(Draw(20, (ulong)i, 0), Draw(25, (ulong)i + 1000, 0)).PValue <= 0.05);

        // 10 of 200 are expected.
        Assert.InRange(alarms, 2, 20);
    }

    [Fact]
    public void Samples_of_two_kinds_differ()
    {
        (double discrepancy, double p) = Compare(Draw(60, 1, 0), Draw(60, 2, 1));

        Assert.InRange(discrepancy, 0.1, 1);
        Assert.Equal(0.0001, p, 6);
    }

    [Fact]
    public void Equal_vectors_are_no_difference() => Assert.Equal((0, 1), Compare([[1, 2], [1, 2]], [[1, 2]]));
}
