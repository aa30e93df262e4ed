using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>Tells which penalties the validation rows have ruled out: those that lose to the best on the same rows by more than chance explains.</summary>
/// <param name="validation">The rows that judge.</param>
/// <param name="threads">Worker threads; the result does not depend on it.</param>
internal sealed class PenaltyComparison(HeadTrainingSet validation, int threads)
{
    // Standard errors of the mean difference between two heads, row by row.
    private const double Certainty = 3;

    private readonly Dictionary<double, double[]> losses = [];

    public void Add(double l2, LinearHead head) => losses[l2] = HeadScore.RowLosses(head, validation, threads);

    /// <summary>Gets the L2 values of a sequence that lie on the best one's side of every penalty that is ruled out.</summary>
    public double[] StillPossible(IEnumerable<double> window, double best)
    {
        double[] ruledOut = [.. losses.Keys.Where(l2 => IsRuledOut(l2, best))];
        double above = ruledOut.Where(l2 => l2 > best).DefaultIfEmpty(double.PositiveInfinity).Min();
        double below = ruledOut.Where(l2 => l2 < best).DefaultIfEmpty(0).Max();
        return [.. window.Where(l2 => l2 > below && l2 < above)];
    }

    private bool IsRuledOut(double l2, double best)
    {
        (double[] worse, double[] better) = (losses[l2], losses[best]);
        double weights = 0, mean = 0, spread = 0;
        for (int i = 0; i < worse.Length; i++)
        {
            weights += validation.JudgingWeightOf(i);
            mean += validation.JudgingWeightOf(i) * (worse[i] - better[i]);
        }

        mean /= weights;
        for (int i = 0; i < worse.Length; i++)
        {
            double off = validation.JudgingWeightOf(i) * (worse[i] - better[i] - mean);
            spread += off * off;
        }

        return mean > Certainty * Math.Sqrt(spread) / weights;
    }
}
