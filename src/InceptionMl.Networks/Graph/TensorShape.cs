using System.Collections.Immutable;
using System.Globalization;

namespace InceptionMl.Networks.Graph;

/// <summary>
/// The shape of what one layer hands on for one image: a map of height x width positions with some channels each, or, after
/// pooling over all positions, a plain vector. The batch is not part of it.
/// </summary>
public readonly record struct TensorShape
{
    private TensorShape(Extent? size, int channels)
    {
        if (channels < 1 || size is { Height: < 1 } or { Width: < 1 })
        {
            throw new ShapeException($"a shape has at least one row, one column and one channel; not {(size is null ? "" : $"{size} x ")}{channels}");
        }

        Size = size;
        Channels = channels;
    }

    /// <summary>Gets the rows and columns; null for a vector.</summary>
    public Extent? Size { get; }

    /// <summary>Gets the number of channels at each position, or values of a vector.</summary>
    public int Channels { get; }

    /// <summary>Gets the number of values in all.</summary>
    public long Elements => (Size?.Area ?? 1) * Channels;

    /// <summary>A feature map.</summary>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="width">Columns; at least 1.</param>
    /// <param name="channels">Channels; at least 1.</param>
    /// <exception cref="ShapeException">One of them is below 1.</exception>
    public static TensorShape Map(int height, int width, int channels) => new(new Extent(height, width), channels);

    /// <summary>A feature map.</summary>
    /// <param name="size">Rows and columns; at least 1 each.</param>
    /// <param name="channels">Channels; at least 1.</param>
    /// <exception cref="ShapeException">One of them is below 1.</exception>
    public static TensorShape Map(Extent size, int channels) => new(size, channels);

    /// <summary>A vector.</summary>
    /// <param name="length">Values; at least 1.</param>
    /// <exception cref="ShapeException">It is below 1.</exception>
    public static TensorShape Vector(int length) => new(null, length);

    /// <summary>Gets the dimensions in the order the papers print them: height, width, channels; a vector has only its length.</summary>
    public ImmutableArray<int> Dimensions => Size is { } size ? [size.Height, size.Width, Channels] : [Channels];

    /// <summary>The dimensions as the papers print them: <c>35 x 35 x 192</c>, or <c>2048</c>.</summary>
    public override string ToString() =>
        string.Join(" x ", Dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>A height and a width: of a feature map in positions, or of a kernel, a stride or a padding.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Extent(int Height, int Width)
{
    /// <summary>Gets the height times width.</summary>
    public long Area => (long)Height * Width;

    /// <summary>A square.</summary>
    /// <param name="side">Its height and its width.</param>
    public static implicit operator Extent(int side) => new(side, side);

    /// <summary>A height and a width, as the papers write them: (1, 7) is a row of seven.</summary>
    /// <param name="sides">Height, then width.</param>
    public static implicit operator Extent((int Height, int Width) sides) => new(sides.Height, sides.Width);

    /// <summary>Height x width: <c>35 x 35</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Height} x {Width}");
}
