using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>The size of a picture as it is looked at: from the file's header, turned by its EXIF orientation.</summary>
internal static class UprightSize
{
    /// <param name="encoded">A file that an <see cref="ImagePreparer"/> takes.</param>
    /// <exception cref="ImageRefusedException">It is no such file.</exception>
    public static (int Width, int Height) Of(ReadOnlySpan<byte> encoded)
    {
        using SKData data = SKData.CreateCopy(encoded);
        using SKCodec codec = SKCodec.Create(data) ?? throw Refusals.BadHeader(ImageSignature.Identify(encoded[..Math.Min(encoded.Length, ImageSignature.HeadLength)]));
        SKSizeI size = codec.Info.Size;
        return Orientation.Of(codec.EncodedOrigin).Transposed ? (size.Height, size.Width) : (size.Width, size.Height);
    }
}
