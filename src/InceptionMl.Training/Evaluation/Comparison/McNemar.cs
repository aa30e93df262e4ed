namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>
/// McNemar's exact test (McNemar 1947, in its binomial form): whether two classifiers, tried on the same images, differ by more than chance.
/// </summary>
internal static class McNemar
{
    /// <summary>The probability of a split of the disagreements at least as uneven as this one, were both classifiers equally good.</summary>
    /// <param name="onlyFirst">Images that only the first classifier has right; at least 0.</param>
    /// <param name="onlySecond">Images that only the second has right; at least 0.</param>
    /// <returns>The two-sided p-value, above 0 and at most 1; 1 where they never disagree.</returns>
    public static double PValue(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        long disagreements = (long)onlyFirst + onlySecond;
        return Math.Min(1, 2 * LowerTail(Math.Min(onlyFirst, onlySecond), disagreements));
    }

    /// <summary>The probability of so many images that only the first has right, or more, were both equally good.</summary>
    /// <param name="onlyFirst">Images that only the first classifier has right; at least 0.</param>
    /// <param name="onlySecond">Images that only the second has right; at least 0.</param>
    /// <returns>The one-sided p-value; 1 where the first has no more right than the second, which is no loss to test.</returns>
    public static double PValueOfLoss(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        return onlyFirst <= onlySecond ? 1 : LowerTail(onlySecond, (long)onlyFirst + onlySecond);
    }

    /// <summary>P(X at most k) of X binomial(n, 1/2), for k at most n / 2.</summary>
    private static double LowerTail(int k, long n)
    {
        double logOfChoices = 0;
        for (int i = 1; i <= k; i++)
        {
            logOfChoices += Math.Log((double)(n - k + i) / i);
        }

        // From the largest term down: each is the one before it times i / (n - i + 1), which is at most 1.
        double sum = 1;
        double term = 1;
        for (long i = k; i > 0 && term > sum * 1e-17; i--)
        {
            term *= i / (double)(n - i + 1);
            sum += term;
        }

        return Math.Max(Math.Exp(logOfChoices - (n * Math.Log(2)) + Math.Log(sum)), double.Epsilon);
    }
}
