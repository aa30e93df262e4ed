namespace InceptionMl.Scoring.Explanations;

/// <summary>An explanation's grid as a surface over the image: 0 to 1, bilinear between the centers of its cells.</summary>
internal sealed class HeatSurface
{
    private readonly ImageExplanation explanation;
    private readonly float lowest;
    private readonly double range;

    public HeatSurface(ImageExplanation explanation)
    {
        this.explanation = explanation;
        lowest = float.PositiveInfinity;
        float highest = float.NegativeInfinity;
        foreach (float value in explanation.Grid.Span)
        {
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
        }

        range = (double)highest - lowest;
    }

    /// <summary>Gets the heat at a place of the upright image, in its pixels; not a number where the network did not see it.</summary>
    public double At(double x, double y)
    {
        ImageRegion region = explanation.Region;
        double across = (x - region.Left) / region.Width;
        double down = (y - region.Top) / region.Height;
        if (across is < 0 or > 1 || down is < 0 or > 1)
        {
            return double.NaN;
        }

        // All places alike: nothing stands out.
        if (range == 0)
        {
            return 0;
        }

        (int left, int right, double rightward) = Between(across, explanation.Width);
        (int top, int bottom, double downward) = Between(down, explanation.Height);
        double upper = Mix(Value(left, top), Value(right, top), rightward);
        double lower = Mix(Value(left, bottom), Value(right, bottom), rightward);
        return Math.Clamp((Mix(upper, lower, downward) - lowest) / range, 0, 1);
    }

    private static (int From, int To, double Share) Between(double position, int cells)
    {
        double at = Math.Clamp((position * cells) - 0.5, 0, cells - 1);
        int from = (int)at;
        return (from, Math.Min(from + 1, cells - 1), at - from);
    }

    private static double Mix(double from, double to, double share) => from + ((to - from) * share);

    private double Value(int column, int row) => explanation.Grid.Span[(row * explanation.Width) + column];
}
