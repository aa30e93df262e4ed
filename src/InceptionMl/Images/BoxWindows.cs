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

/// <summary>
/// One axis of a resize: the source, <see cref="SourceLength"/> pixels long, is laid over the prepared pixels from
/// <see cref="Start"/> (below zero where it is cropped) on, <see cref="Length"/> of them.
/// </summary>
internal readonly record struct ResizeAxis(int SourceLength, int Target, int Start, int Length)
{
    /// <summary>Gets the number of pixels of the whole picture; <see cref="SourceLength"/> of them are used.</summary>
    public int WholeLength { get; init; } = SourceLength;

    /// <summary>Gets the first source pixel that is used.</summary>
    public int SourceStart { get; init; }

    /// <summary>The prepared pixels that the source covers: the first, and one past the last.</summary>
    public (int First, int End) Covered => (Math.Max(Start, 0), (int)Math.Min((long)Start + Length, Target));

    /// <summary>Gets the number of source pixels per prepared pixel; below 1 when enlarging.</summary>
    public double Step => (double)SourceLength / Length;

    /// <summary>Both axes of an upright image, rounded as ML.NET's ResizeImages rounds.</summary>
    public static (ResizeAxis X, ResizeAxis Y) Create(int width, int height, ImagePreprocessing target)
    {
        ResizeAxis stretchedX = new(width, target.Width, 0, target.Width);
        ResizeAxis stretchedY = new(height, target.Height, 0, target.Height);
        if (target.Mode == ResizeMode.Stretch)
        {
            return (stretchedX, stretchedY);
        }

        // Cropping, the axis that would fall short decides the scale; padding, the one that would overhang.
        bool widthIsTight = (long)target.Height * width < (long)target.Width * height;
        return widthIsTight == (target.Mode == ResizeMode.Crop)
            ? (stretchedX, Following(height, target.Height, width, target.Width))
            : (Following(width, target.Width, height, target.Height), stretchedY);
    }

    /// <summary>Gets the same prepared pixels under a part of the source, of at least one pixel.</summary>
    /// <param name="share">How much of the source, above 0 to 1.</param>
    /// <param name="place">From 0, at its start, to 1, at its end.</param>
    public ResizeAxis Part(double share, double place)
    {
        int length = Math.Clamp((int)Math.Round(SourceLength * share), 1, SourceLength);
        return this with { SourceLength = length, SourceStart = (int)Math.Round((SourceLength - length) * place) };
    }

    /// <summary>The axis whose scale the other axis, prepared / source, decides: exact integers, so that no pixel is lost to rounding.</summary>
    private static ResizeAxis Following(int source, int target, int otherSource, int otherTarget)
    {
        long scaled = (long)source * otherTarget;
        int length = (int)Math.Clamp(scaled / otherSource, 1, int.MaxValue);
        int start = (int)(((long)target * otherSource - scaled) / (2L * otherSource));
        return new ResizeAxis(source, target, start, length);
    }
}
