namespace InceptionMl.Training;

/// <summary>Log loss over the strength of the L2 penalty.</summary>
internal sealed class L2Curve
{
    private readonly SortedDictionary<double, double> losses = [];

    /// <summary>Gets the strength with the lowest loss; of equal ones the stronger.</summary>
    public double Best => losses.OrderBy(point => point.Value).ThenByDescending(point => point.Key).First().Key;

    public double Lowest => losses[Best];

    /// <summary>Half decades from one and a half above a strength to one and a half below, strong to weak.</summary>
    public static IEnumerable<double> Window(double center)
    {
        for (int half = 3; half >= -3; half--)
        {
            yield return center * Math.Pow(10, half / 2.0);
        }
    }

    /// <summary>A strength and half a decade to either side, strong to weak.</summary>
    public static IEnumerable<double> Near(double center) => [center * Math.Sqrt(10), center, center / Math.Sqrt(10)];

    /// <summary>One step to either side, strong to weak.</summary>
    public static IEnumerable<double> Between(double center, double factor) => [center * factor, center / factor];

    /// <summary>Gets one step from the best strength, to the side of the neighbor with the lower loss; beyond the end where it has one neighbor.</summary>
    public double LowerSide(double factor)
    {
        double[] keys = [.. losses.Keys];
        int at = Array.IndexOf(keys, Best);
        double weaker = at == 0 ? double.NegativeInfinity : losses[keys[at - 1]];
        double stronger = at == keys.Length - 1 ? double.NegativeInfinity : losses[keys[at + 1]];
        return weaker <= stronger ? keys[at] / factor : keys[at] * factor;
    }

    public bool Has(double l2) => losses.ContainsKey(l2);

    public void Add(double l2, double loss) => losses[l2] = loss;

    /// <summary>Gets the lowest point of the parabola, in the logarithm of the strength, through the best point and its neighbors.</summary>
    public double Minimum()
    {
        double[] keys = [.. losses.Keys];
        int at = Array.IndexOf(keys, Best);
        if (at == 0 || at == keys.Length - 1)
        {
            return Best;
        }

        double x = Math.Log(keys[at]), left = x - Math.Log(keys[at - 1]), right = Math.Log(keys[at + 1]) - x;
        double leftSlope = (losses[keys[at]] - losses[keys[at - 1]]) / left;
        double rightSlope = (losses[keys[at + 1]] - losses[keys[at]]) / right;
        double curvature = (rightSlope - leftSlope) / (left + right);
        if (!(curvature > 0))
        {
            return Best;
        }

        double slope = ((leftSlope * right) + (rightSlope * left)) / (left + right);
        return Math.Exp(x + Math.Clamp(-slope / (2 * curvature), -left / 2, right / 2));
    }
}
