namespace InceptionMl.Images.Internal;

/// <summary>
/// One look at a picture: mirrored first, then cropped, then toned. The crop takes the whole picture's place before the resize, so that
/// its shape is stretched a little where it is not the picture's own.
/// </summary>
public sealed record ImageVariant
{
    /// <summary>The picture as it is: what is scored, validated and tested.</summary>
    public static ImageVariant Plain { get; } = new();

    /// <summary>Whether left and right are exchanged.</summary>
    public bool Mirrored { get; init; }

    /// <summary>The part of the (mirrored) picture that is prepared.</summary>
    /// <value>The default is the whole picture.</value>
    public CropWindow Crop { get; init; } = CropWindow.Whole;

    /// <summary>Contrast and brightness.</summary>
    /// <value>The default leaves every value as it is.</value>
    public Tone Tone { get; init; } = Tone.Unchanged;
}
