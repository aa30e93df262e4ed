namespace InceptionMl.Training;

/// <summary>
/// Strengths of the penalty in the order of their expected worth. Each sequence looks, at every step, at what the curve holds by
/// then.
/// </summary>
/// <param name="grid">The strengths to try, strong to weak.</param>
/// <param name="curve">What has been judged so far.</param>
internal sealed class CandidateOrder(double[] grid, L2Curve curve)
{
    // Where the optimum of standardized backbone features usually is.
    private const double UsualOptimum = 0.01;

    private readonly List<double> left = [.. grid];

    /// <summary>Gets the grid from the usual optimum towards lower loss, until both neighbors of the best have been tried.</summary>
    public IEnumerable<double> Climb()
    {
        for (double? next = Take(left, UsualOptimum); next is not null; next = Take(left.Where(IsBesideBest), curve.Best))
        {
            yield return next.Value;
        }
    }

    /// <summary>Half a decade to either side of the best, then the lowest point of the parabola through the best three.</summary>
    public IEnumerable<double> Refine()
    {
        foreach (double l2 in L2Curve.Between(curve.Best, Math.Sqrt(10)))
        {
            yield return l2;
        }

        double lowest = curve.Minimum();
        if (!curve.Has(lowest))
        {
            yield return lowest;
        }
    }

    /// <summary>What is left of the grid, nearest to the best first.</summary>
    public IEnumerable<double> Rest()
    {
        while (Take(left, curve.Best) is { } next)
        {
            yield return next;
        }
    }

    private bool IsBesideBest(double l2) => Math.Abs(Array.IndexOf(grid, l2) - Array.IndexOf(grid, curve.Best)) == 1;

    /// <summary>Takes the nearest by ratio; of two equally near the stronger.</summary>
    private double? Take(IEnumerable<double> from, double center)
    {
        double[] nearest = [.. from.OrderBy(l2 => Math.Round(Math.Abs(Math.Log10(l2 / center)), 6)).ThenByDescending(l2 => l2).Take(1)];
        if (nearest.Length == 0)
        {
            return null;
        }

        left.Remove(nearest[0]);
        return nearest[0];
    }
}
