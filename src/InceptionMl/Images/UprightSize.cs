using InceptionMl.Images.Containers;
using InceptionMl.Images.Internal;
using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>The size of an image as it is looked at: from the file's header, turned as the file states.</summary>
internal static class UprightSize
{
    /// <param name="encoded">A file that an <see cref="ImagePreparer"/> takes.</param>
    /// <exception cref="ImageRefusedException">It is no such file.</exception>
    public static (int Width, int Height) Read(ReadOnlySpan<byte> encoded)
    {
        ImageFormat format = ImageSignature.Identify(encoded[..Math.Min(encoded.Length, ImageSignature.HeadLength)]);
        using SKData data = SKData.CreateCopy(encoded);
        using SKCodec codec = SKCodec.Create(data) ?? throw RefusalText.BadHeader(image: null, format);
        SKSizeI size = codec.Info.Size;
        return new Container(format, encoded).Orientation.Transposed ? (size.Height, size.Width) : (size.Width, size.Height);
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
