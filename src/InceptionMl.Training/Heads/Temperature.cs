namespace InceptionMl.Training;

/// <summary>
/// Temperature scaling (Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", 2017): one number that logits are divided by, so that
/// their log loss is least. The loss is convex in its inverse, in which Newton's method is used.
/// </summary>
internal static class Temperature
{
    private const int MostSteps = 100;
    private const double LeastInverse = 0.05;
    private const double LargestInverse = 20;
    private const double Precision = 1e-10;

    /// <summary>Finds the temperature of the least log loss, from 0.05 to 20.</summary>
    /// <param name="logits">The logits of each image.</param>
    /// <param name="labels">The class of each image.</param>
    public static double Fit(float[][] logits, int[] labels)
    {
        (double low, double high, double inverse) = (LeastInverse, LargestInverse, 1);
        for (int step = 0; step < MostSteps && high - low > Precision; step++)
        {
            (double slope, double curvature) = Derivatives(logits, labels, inverse);
            (low, high) = slope > 0 ? (low, inverse) : (inverse, high);
            double next = curvature > 0 ? inverse - (slope / curvature) : double.NaN;

            // Where a step would leave what is known to hold the minimum, that is halved.
            next = next > low && next < high ? next : (low + high) / 2;
            if (Math.Abs(next - inverse) < Precision)
            {
                break;
            }

            inverse = next;
        }

        return 1 / inverse;
    }

    /// <summary>Gets the mean log loss at a temperature.</summary>
    /// <param name="logits">The logits of each image.</param>
    /// <param name="labels">The class of each image.</param>
    /// <param name="temperature">What they are divided by.</param>
    public static double LogLoss(float[][] logits, int[] labels, double temperature)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double highest = logits[i].Max();
            sum += Math.Log(logits[i].Sum(logit => Math.Exp((logit - highest) / temperature))) - ((logits[i][labels[i]] - highest) / temperature);
        }

        return sum / Math.Max(1, labels.Length);
    }

    private static (double Slope, double Curvature) Derivatives(float[][] logits, int[] labels, double inverse)
    {
        double slope = 0, curvature = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            double highest = logits[i].Max();
            double total = 0, mean = 0, square = 0;
            foreach (float logit in logits[i])
            {
                double value = logit - highest;
                double weight = Math.Exp(value * inverse);
                total += weight;
                mean += weight * value;
                square += weight * value * value;
            }

            mean /= total;
            slope += mean - (logits[i][labels[i]] - highest);
            curvature += (square / total) - (mean * mean);
        }

        return (slope, curvature);
    }
}
