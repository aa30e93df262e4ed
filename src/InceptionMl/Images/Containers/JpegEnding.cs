namespace InceptionMl.Images.Containers;

/// <summary>How a JPEG file ends.</summary>
internal enum JpegEnding
{
    /// <summary>With its end marker; more may follow.</summary>
    Marked,

    /// <summary>Without an end marker, but behind the whole image.</summary>
    Unmarked,

    /// <summary>Before its image does.</summary>
    CutOff,

    /// <summary>Without an end marker, and whether the image is whole cannot be told: it is damaged, or of a rare process.</summary>
    Unknown,
}
