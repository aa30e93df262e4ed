using System.ComponentModel.DataAnnotations;

namespace InceptionMl.Images;

/// <summary>The largest images that are decoded. They are held against the file's header, before any pixel is decoded.</summary>
public sealed class ImageLimits
{
    /// <summary>The largest <see cref="MaxPixels"/> that can be asked for.</summary>
    public const long HighestMaxPixels = 500_000_000;

    /// <summary>Gets or sets the most pixels, width x height, an image may have; 1 to <see cref="HighestMaxPixels"/>.</summary>
    /// <value>The default is 100,000,000; decoding one that is not a JPEG takes four bytes per pixel.</value>
    [Range(1L, HighestMaxPixels)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>Gets or sets the most bytes an image file may have; 1 to 2,147,483,591.</summary>
    /// <value>The default is 268,435,456 (256 MiB).</value>
    [Range(1, 0x7FFFFFC7)]
    public long MaxFileBytes { get; set; } = 256L << 20;
}
