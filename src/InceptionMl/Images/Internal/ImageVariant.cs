namespace InceptionMl.Images.Internal;

/// <summary>
/// One look at an image: mirrored first, then cropped, toned, and softened. The crop takes the whole image's place before the resize, so that
/// its shape is stretched a little where it is not the image's own.
/// </summary>
public sealed record ImageVariant
{
    /// <summary>The picture as it is: what is scored, validated and tested.</summary>
    public static ImageVariant Plain { get; } = new();

    /// <summary>Gets a value that indicates whether left and right are exchanged.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Gets the part of the (mirrored) image that is prepared.</summary>
    /// <value>The default is the whole image.</value>
    public CropWindow Crop { get; init; } = CropWindow.Whole;

    /// <summary>Gets the contrast and brightness.</summary>
    /// <value>The default leaves every value as it is.</value>
    public Tone Tone { get; init; } = Tone.Unchanged;

    /// <summary>Gets the detail that is lost.</summary>
    /// <value>The default loses none.</value>
    public Softening Softening { get; init; } = Softening.None;
}

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
