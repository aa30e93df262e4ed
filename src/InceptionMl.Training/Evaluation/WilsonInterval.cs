namespace InceptionMl.Training.Evaluation;

/// <summary>The 95 % interval of a share that was counted (Wilson 1927).</summary>
internal static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>The lower end, 0 to 1; null where nothing was counted.</summary>
    public static double? Low(int part, int whole) => End(part, whole, -1);

    /// <summary>The upper end, 0 to 1; null where nothing was counted.</summary>
    public static double? High(int part, int whole) => End(part, whole, 1);

    private static double? End(int part, int whole, int side)
    {
        if (whole == 0)
        {
            return null;
        }

        double share = (double)part / whole;
        double square = Z * Z / whole;
        double spread = Z * Math.Sqrt((share * (1 - share) / whole) + (square / (4 * whole)));
        return Math.Clamp((share + (square / 2) + (side * spread)) / (1 + square), 0, 1);
    }
}
