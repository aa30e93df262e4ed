namespace InceptionMl.Images;

/// <summary>Why an image was refused.</summary>
public enum ImageRefusal
{
    /// <summary>The bytes are no image: text, a PDF, an archive, or nothing known.</summary>
    NotAnImage,

    /// <summary>An image, of a format or kind that is not decoded here.</summary>
    UnsupportedFormat,

    /// <summary>More pixels or bytes than <see cref="ImageLimits"/> allow.</summary>
    TooLarge,

    /// <summary>The file ends before its image does.</summary>
    Truncated,

    /// <summary>The header or the image data cannot be decoded.</summary>
    Damaged,

    /// <summary>There are no bytes at all.</summary>
    Empty,

    /// <summary>The file is missing, is no file, or may not be read.</summary>
    Unreadable,
}
