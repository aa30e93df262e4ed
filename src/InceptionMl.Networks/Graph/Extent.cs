using System.Globalization;

namespace InceptionMl.Networks.Graph;

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
