namespace InceptionMl.Training.Statistics;

/// <summary>Fisher's exact test (Fisher 1922): whether two shares, counted on different images, differ by more than chance.</summary>
internal static class FisherExact
{
    // Probabilities that are equal but for rounding count alike.
    private const double Rounding = 1e-7;

    /// <summary>The probability of shares at least as unlikely as these, were both the same.</summary>
    /// <param name="firstPart">The right of the first images.</param>
    /// <param name="first">The first images.</param>
    /// <param name="secondPart">The right of the second images.</param>
    /// <param name="second">The second images.</param>
    /// <returns>The two-sided p-value, 0 to 1.</returns>
    public static double PValue(int firstPart, int first, int secondPart, int second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstPart);
        ArgumentOutOfRangeException.ThrowIfNegative(secondPart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstPart, first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secondPart, second);
        int right = firstPart + secondPart;
        int lowest = Math.Max(0, right - second);
        double[] logs = new double[Math.Min(first, right) - lowest + 1];

        // From one table to the next: with one more right of the first, one fewer of the second.
        for (int i = 1; i < logs.Length; i++)
        {
            double inFirst = lowest + i;
            double inSecond = right - inFirst;
            logs[i] = logs[i - 1] + Math.Log((first - inFirst + 1) / inFirst) + Math.Log((inSecond + 1) / (second - inSecond));
        }

        double own = logs[firstPart - lowest];
        double top = logs.Max();
        return Math.Min(1, logs.Where(log => log <= own + Rounding).Sum(log => Math.Exp(log - top)) / logs.Sum(log => Math.Exp(log - top)));
    }
}
