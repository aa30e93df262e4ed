namespace InceptionMl.Networks.Graph;

/// <summary>How a kernel moves over a map.</summary>
/// <param name="Kernel">The rows and columns it sees at once.</param>
/// <param name="Stride">The step between windows.</param>
/// <param name="Padding">Rows added above and below, and columns added left and right.</param>
/// <param name="Ceil">
/// Whether a last window that hangs over the lower or right border counts, as Caffe's pools have it. It must start inside
/// the map or its padding above and left.
/// </param>
public sealed record Window(Extent Kernel, Extent Stride, Extent Padding, bool Ceil = false)
{
    /// <summary>A window with equal strides and one of the usual paddings.</summary>
    /// <param name="kernel">The rows and columns it sees at once.</param>
    /// <param name="stride">The step between windows; at least 1.</param>
    /// <param name="padding">What is added at the border.</param>
    /// <exception cref="ShapeException">The kernel is below 1, or even where it must be odd; or the stride is below 1.</exception>
    public static Window Create(Extent kernel, int stride = 1, Padding padding = Graph.Padding.Same)
    {
        if (kernel.Height < 1 || kernel.Width < 1 || stride < 1)
        {
            throw new ShapeException($"A kernel of {kernel} with stride {stride} cannot be: both are at least 1.");
        }

        if (padding == Graph.Padding.Valid)
        {
            return new Window(kernel, stride, 0);
        }

        return kernel.Height % 2 == 1 && kernel.Width % 2 == 1
            ? new Window(kernel, stride, (kernel.Height / 2, kernel.Width / 2))
            : throw new ShapeException($"A kernel of {kernel} has no middle to center it by: with padding 'same' its sides are odd.");
    }

    /// <summary>Kernel and stride as the papers write them: <c>3x3/2</c>, <c>1x7</c>.</summary>
    public override string ToString() => Stride == 1
        ? $"{Kernel.Height}x{Kernel.Width}"
        : $"{Kernel.Height}x{Kernel.Width}/{Stride.Height}{(Stride.Height == Stride.Width ? "" : $"x{Stride.Width}")}";

    /// <summary>Windows that fit, in rows and columns.</summary>
    /// <param name="input">The map's size.</param>
    /// <exception cref="ShapeException">Not even one fits.</exception>
    internal Extent Output(Extent input)
    {
        int height = Count(input.Height, Kernel.Height, Stride.Height, Padding.Height);
        int width = Count(input.Width, Kernel.Width, Stride.Width, Padding.Width);
        return height > 0 && width > 0
            ? new Extent(height, width)
            : throw new ShapeException($"a window of {Kernel} does not fit into {input} positions; the image is too small") { Reason = ShapeErrorReason.ImageTooSmall };
    }

    private int Count(int length, int kernel, int stride, int padding)
    {
        int room = length + (2 * padding) - kernel;
        if (room < 0)
        {
            // Not even one window lies wholly inside; one may hang over.
            return Ceil && -room < stride ? 1 : 0;
        }

        int count = (room / stride) + 1;
        bool hangsOver = Ceil && room % stride != 0 && count * stride < length + padding;
        return hangsOver ? count + 1 : count;
    }
}
