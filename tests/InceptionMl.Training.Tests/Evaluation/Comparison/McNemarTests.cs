using System.Numerics;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Tests.Evaluation.Comparison;

public sealed class McNemarTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(7, 7)]
    [InlineData(12, 33)]
    [InlineData(400, 470)]
    [InlineData(900, 1300)]
    public void The_p_value_is_the_exact_sum_of_binomials(int onlyFirst, int onlySecond) =>
        Assert.Equal(ByWholeNumbers(onlyFirst, onlySecond), McNemar.PValue(onlyFirst, onlySecond), 1e-10 * ByWholeNumbers(onlyFirst, onlySecond));

    [Fact]
    public void A_split_too_uneven_for_a_double_is_still_above_nothing() => Assert.InRange(McNemar.PValue(0, 100_000), double.Epsilon, 1e-300);

    [Fact]
    public void Counts_below_nothing_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.PValue(-1, 3));

    /// <summary>The same sum in whole numbers, which round nowhere.</summary>
    private static double ByWholeNumbers(int onlyFirst, int onlySecond)
    {
        int n = onlyFirst + onlySecond;
        BigInteger term = 1;
        BigInteger sum = 1;
        for (int i = 1; i <= Math.Min(onlyFirst, onlySecond); i++)
        {
            term = term * (n - i + 1) / i;
            sum += term;
        }

        return Math.Min(1, Math.Exp(BigInteger.Log(2 * sum) - (n * Math.Log(2))));
    }
}
