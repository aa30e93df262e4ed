namespace InceptionMl.Images;

/// <summary>The largest images that are decoded. They are held against the file's header, before any pixel is decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>The largest <see cref="MaxPixels"/> that can be asked for.</summary>
    public const long HighestMaxPixels = 500_000_000;

    private readonly long maxPixels = 100_000_000;
    private readonly long maxFileBytes = 256L << 20;

    /// <summary>Gets the most pixels, width x height, an image may have; 1 to <see cref="HighestMaxPixels"/>.</summary>
    /// <value>The default is 100,000,000; decoding one that is not a JPEG takes four bytes per pixel.</value>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long MaxPixels
    {
        get => maxPixels;
        init => maxPixels = value is >= 1 and <= HighestMaxPixels
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxPixels), value, $"MaxPixels is 1 to {HighestMaxPixels}.");
    }

    /// <summary>Gets the most bytes an image file may have; 1 to 2,147,483,591.</summary>
    /// <value>The default is 268,435,456 (256 MiB).</value>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public long MaxFileBytes
    {
        get => maxFileBytes;
        init => maxFileBytes = value >= 1 && value <= Array.MaxLength
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxFileBytes), value, $"MaxFileBytes is 1 to {Array.MaxLength}.");
    }
}
