using InceptionMl.Images.Containers;
using InceptionMl.Images.Containers.Internal;
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
