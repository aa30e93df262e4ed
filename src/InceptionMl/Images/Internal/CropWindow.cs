namespace InceptionMl.Images.Internal;

/// <summary>A part of an image, whatever its size: how much of each side it takes, and where it lies among the places it fits.</summary>
/// <param name="Width">Share of the image's width, above 0 to 1.</param>
/// <param name="Height">Share of the image's height, above 0 to 1.</param>
/// <param name="X">From 0, at the left edge, to 1, at the right edge.</param>
/// <param name="Y">From 0, at the top, to 1, at the bottom.</param>
public readonly record struct CropWindow(double Width, double Height, double X, double Y)
{
    /// <summary>Gets the whole image.</summary>
    public static CropWindow Whole => new(1, 1, 0, 0);
}
