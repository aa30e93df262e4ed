using InceptionMl.Images.Containers.Internal;

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

/// <summary>
/// Finds the orientation that a file states, in the place where its format keeps EXIF: APP1 of a JPEG, eXIf of a PNG (or the text in which
/// ImageMagick kept it before there was eXIf), EXIF of a WebP. BMP and GIF have none.
/// </summary>
internal static class ContainerOrientation
{
    /// <summary>Gets the orientation of an encoded image; upright where it states none.</summary>
    public static Orientation Read(ReadOnlySpan<byte> encoded, ImageFormat format) => Orientation.FromExif(format switch
    {
        ImageFormat.Jpeg => ReadJpeg(encoded),
        ImageFormat.Png => ReadPng(encoded),
        ImageFormat.WebP => ReadWebP(encoded),
        _ => 0,
    });

    private static int ReadJpeg(ReadOnlySpan<byte> jpeg)
    {
        JpegSegments segments = new(jpeg);
        while (segments.MoveNext() && segments.Marker != JpegSegments.StartOfScan)
        {
            if (segments.Marker == JpegSegments.App1 && ExifBlock.HasPrefix(segments.Content) && ExifBlock.Orientation(segments.Content) is > 0 and var stated)
            {
                return stated;
            }
        }

        return 0;
    }

    private static int ReadPng(ReadOnlySpan<byte> png)
    {
        int inText = 0;
        bool isTextRead = false;
        PngChunks chunks = new(png);
        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("eXIf"u8))
            {
                return ExifBlock.Orientation(chunks.Content);
            }

            if (!isTextRead && PngRawProfile.TryRead(chunks.Type, chunks.Content, out byte[] profile))
            {
                inText = ExifBlock.Orientation(profile);
                isTextRead = true;
            }
        }

        return inText;
    }

    private static int ReadWebP(ReadOnlySpan<byte> webp)
    {
        const byte HasExif = 0x08;
        WebPChunks chunks = new(webp);
        if (!chunks.MoveNext() || !chunks.Type.SequenceEqual("VP8X"u8) || chunks.Content.IsEmpty || (chunks.Content[0] & HasExif) == 0)
        {
            return 0;
        }

        while (chunks.MoveNext())
        {
            if (chunks.Type.SequenceEqual("EXIF"u8))
            {
                return ExifBlock.Orientation(chunks.Content);
            }
        }

        return 0;
    }
}

/// <summary>How stored rows and columns lie in the upright image.</summary>
/// <param name="Transposed">Stored rows are upright columns.</param>
/// <param name="MirroredRows">The first stored row is the upright image's last row (or column, when transposed).</param>
/// <param name="MirroredColumns">The first stored column is the upright image's last column (or row, when transposed).</param>
internal readonly record struct Orientation(bool Transposed, bool MirroredRows, bool MirroredColumns)
{
    /// <summary>Creates the orientation that a value of EXIF's tag 0x0112 stands for; any other value is upright.</summary>
    public static Orientation FromExif(int tag) => tag switch
    {
        2 => new(false, false, true),
        3 => new(false, true, true),
        4 => new(false, true, false),
        5 => new(true, false, false),
        6 => new(true, true, false),
        7 => new(true, true, true),
        8 => new(true, false, true),
        _ => default,
    };
}
