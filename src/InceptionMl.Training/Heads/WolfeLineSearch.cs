namespace InceptionMl.Training;

/// <summary>A line search for the strong Wolfe conditions: bracket, then zoom (Nocedal and Wright, Numerical Optimization, 3.5 and 3.6).</summary>
internal static class WolfeLineSearch
{
    private const double SufficientDecrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MaximumSteps = 25;

    /// <summary>Value and slope of the function at a step along the direction.</summary>
    public delegate (double Value, double Slope) Evaluation(double step);

    /// <summary>
    /// Returns a step, evaluated last, that meets the conditions, or 0 if rounding leaves nothing to gain.
    /// </summary>
    /// <param name="value">The value at step 0.</param>
    /// <param name="slope">The slope at step 0; below 0.</param>
    /// <param name="first">The step to try first.</param>
    /// <param name="evaluate">The function along the direction.</param>
    public static double Search(double value, double slope, double first, Evaluation evaluate)
    {
        // float32 logits carry about this much noise in the mean loss: a rise below it is not a rise.
        double noise = 2e-7 * Math.Max(1e-3, Math.Abs(value));
        (double Step, double Value, double Slope) low = (0, value, slope);
        (double Step, double Value, double Slope) high = (double.NaN, 0, 0);
        double step = first;
        for (int i = 0; i < MaximumSteps; i++)
        {
            (double v, double s) = evaluate(step);
            bool tooHigh = !double.IsFinite(v) || v > value + (SufficientDecrease * step * slope) + noise || (low.Step > 0 && v > low.Value + noise);
            if (!tooHigh && Math.Abs(s) <= -Curvature * slope)
            {
                return step;
            }

            if (tooHigh)
            {
                high = (step, v, s);
            }
            else
            {
                if (s * (double.IsNaN(high.Step) ? 1 : high.Step - low.Step) >= 0)
                {
                    high = low;
                }

                low = (step, v, s);
            }

            step = double.IsNaN(high.Step) ? step * 4 : Interpolate(low, high);
            if (!double.IsNaN(high.Step) && Math.Abs(high.Step - low.Step) < 1e-10 * Math.Max(1, low.Step))
            {
                break;
            }
        }

        if (low.Step > 0)
        {
            evaluate(low.Step);
        }

        return low.Step;
    }

    /// <summary>The minimizer of the cubic through both ends, kept away from them.</summary>
    private static double Interpolate((double Step, double Value, double Slope) low, (double Step, double Value, double Slope) high)
    {
        double width = high.Step - low.Step;
        double d1 = low.Slope + high.Slope - (3 * (high.Value - low.Value) / width);
        double root = (d1 * d1) - (low.Slope * high.Slope);
        double share = 0.5;
        if (double.IsFinite(root) && root >= 0)
        {
            double d2 = Math.Sign(width) * Math.Sqrt(root);
            share = 1 - ((high.Slope + d2 - d1) / (high.Slope - low.Slope + (2 * d2)));
        }

        return low.Step + (width * (double.IsFinite(share) ? Math.Clamp(share, 0.1, 0.9) : 0.5));
    }
}
