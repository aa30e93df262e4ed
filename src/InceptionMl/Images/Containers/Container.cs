namespace InceptionMl.Images.Containers;

/// <summary>What a file says of its image outside its pixels, read here for every format and asked of no decoder.</summary>
internal readonly record struct Container
{
    /// <summary>Reads a file.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="encoded">The whole of it.</param>
    public Container(ImageFormat format, ReadOnlySpan<byte> encoded)
    {
        Format = format;
        Orientation = ContainerOrientation.Read(encoded, format);
        IsIndexed = format == ImageFormat.Png && PngHeader.IsIndexed(encoded);
    }

    /// <summary>Gets the format.</summary>
    public ImageFormat Format { get; }

    /// <summary>Gets how the image is turned to be upright.</summary>
    public Orientation Orientation { get; }

    /// <summary>Gets a value that indicates whether a PNG's colors are those of a palette. Decoders have multiplied the palette by its alpha before they converted its colors.</summary>
    public bool IsIndexed { get; }
}
