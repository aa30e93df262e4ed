namespace InceptionMl.Scoring.Explanations;

/// <summary>
/// An explanation's grid as a surface over the image: 0 to 1, bilinear between the centers of its cells. A grid of many cells is
/// smoothed first, for single cells of early blocks would hide the rest; the sum of its values stays.
/// </summary>
internal sealed class HeatSurface
{
    private const int MostSharpCells = 10;

    private readonly ImageExplanation explanation;
    private readonly double[] grid;
    private readonly double lowest;
    private readonly double range;

    public HeatSurface(ImageExplanation explanation)
    {
        this.explanation = explanation;
        grid = Smooth(Array.ConvertAll(explanation.Grid.ToArray(), value => (double)value), explanation.Width, explanation.Height);
        lowest = grid.Min();
        range = grid.Max() - lowest;
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

    private double Value(int column, int row) => grid[(row * explanation.Width) + column];

    private static double[] Smooth(double[] values, int width, int height)
    {
        double[] smooth = new double[values.Length];
        double[][] across = Kernel(width);
        double[][] down = Kernel(height);
        for (int y = 0; y < height; y++)
        {
            double[] row = Spread(values.AsSpan(y * width, width), across);
            for (int toY = 0; toY < height; toY++)
            {
                for (int x = 0; x < width; x++)
                {
                    smooth[(toY * width) + x] += down[y][toY] * row[x];
                }
            }
        }

        return smooth;
    }

    private static double[] Spread(ReadOnlySpan<double> values, double[][] kernel)
    {
        double[] spread = new double[values.Length];
        for (int from = 0; from < values.Length; from++)
        {
            for (int to = 0; to < values.Length; to++)
            {
                spread[to] += kernel[from][to] * values[from];
            }
        }

        return spread;
    }

    // How much of a cell's value goes to each cell of its row or column, by a Gaussian of a tenth of the grid; all of it arrives.
    private static double[][] Kernel(int cells)
    {
        double width = cells > MostSharpCells ? (double)cells / MostSharpCells : 0;
        return [.. Enumerable.Range(0, cells).Select(from =>
        {
            double[] shares = [.. Enumerable.Range(0, cells).Select(to => width == 0 ? (to == from ? 1 : 0) : Math.Exp(-0.5 * Math.Pow((to - from) / width, 2)))];
            double sum = shares.Sum();
            return Array.ConvertAll(shares, share => share / sum);
        })];
    }
}
