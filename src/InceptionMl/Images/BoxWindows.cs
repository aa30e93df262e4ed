using System.Buffers;

namespace InceptionMl.Images;

/// <summary>
/// For each prepared pixel along one axis, the decoded pixels under it and their weights. A window is as wide as the step, and never
/// narrower than one pixel: that is an area mean when shrinking, bilinear when enlarging, a copy when neither.
/// </summary>
internal sealed class BoxWindows : IDisposable
{
    private const double Snap = 1e-9;

    private readonly int[] bounds;
    private readonly float[] weights;

    /// <summary>Lays the windows.</summary>
    /// <param name="axis">The axis, in pixels of the whole image.</param>
    /// <param name="scale">Decoded pixels per pixel of the whole image, at most 1.</param>
    /// <param name="decodedLength">Decoded pixels along the axis.</param>
    /// <param name="mirrored">Whether the decoded pixels run against the axis.</param>
    public BoxWindows(ResizeAxis axis, double scale, int decodedLength, bool mirrored)
    {
        double step = axis.Step * scale;
        double width = Math.Max(step, 1);
        Count = axis.Target;
        Room = (int)Math.Ceiling(width) + 2;
        bounds = ArrayPool<int>.Shared.Rent(2 * Count);
        weights = ArrayPool<float>.Shared.Rent(Count * Room);
        First = decodedLength;
        for (int i = 0; i < Count; i++)
        {
            if (i < axis.Start || i - axis.Start >= axis.Length)
            {
                bounds[2 * i] = bounds[(2 * i) + 1] = 0;
                continue;
            }

            double center = (axis.SourceStart * scale) + ((i - axis.Start + 0.5) * step);
            center = mirrored ? (axis.WholeLength * scale) - center : center;
            Lay(i, Snapped(center - (width / 2)), Snapped(center + (width / 2)), decodedLength);
            First = Math.Min(First, bounds[2 * i]);
            End = Math.Max(End, bounds[(2 * i) + 1]);
        }
    }

    /// <summary>Gets the number of windows, which is the number of prepared pixels along the axis.</summary>
    public int Count { get; }

    /// <summary>Gets the first decoded pixel that any window needs.</summary>
    public int First { get; private set; }

    /// <summary>Gets the index after the last decoded pixel that any window needs.</summary>
    public int End { get; private set; }

    private int Room { get; }

    /// <summary>Gets the first decoded pixel of a window.</summary>
    public int Start(int window) => bounds[2 * window];

    /// <summary>A window's weights, summing to 1; none where the prepared pixel lies beside the image.</summary>
    public ReadOnlySpan<float> Weights(int window) =>
        weights.AsSpan(window * Room, bounds[(2 * window) + 1] - bounds[2 * window]);

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(bounds);
        ArrayPool<float>.Shared.Return(weights);
    }

    private void Lay(int window, double from, double to, int decodedLength)
    {
        from = Math.Clamp(from, 0, decodedLength - 1);
        to = Math.Clamp(to, from + Snap, decodedLength);
        int start = (int)from;
        int end = Math.Clamp((int)Math.Ceiling(to), start + 1, decodedLength);
        bounds[2 * window] = start;
        bounds[(2 * window) + 1] = end;
        for (int i = start; i < end; i++)
        {
            double overlap = Math.Min(to, i + 1) - Math.Max(from, i);
            weights[(window * Room) + i - start] = (float)(overlap / (to - from));
        }
    }

    // Rounding must not add a pixel of no weight to a window that ends on a pixel's edge.
    private static double Snapped(double position)
    {
        double nearest = Math.Round(position);
        return Math.Abs(position - nearest) < Snap ? nearest : position;
    }
}
