using InceptionMl.Images.Containers;
using InceptionMl.Images.Containers.Internal;
using SkiaSharp;

namespace InceptionMl.Images.Internal;

/// <summary>What a file says of its image before the pixels.</summary>
/// <param name="Format">Its format, by its content.</param>
/// <param name="Width">Width of the image as it is looked at, turned as the file states, in pixels.</param>
/// <param name="Height">Its height.</param>
/// <param name="IsTurned">Whether the file states that its pixels are to be turned or mirrored.</param>
public readonly record struct ImageHeader(ImageFormat Format, int Width, int Height, bool IsTurned)
{
    /// <summary>Reads a header.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <returns>The header; null where no decoder takes the file.</returns>
    public static ImageHeader? TryRead(ReadOnlySpan<byte> encoded)
    {
        ImageFormat format = ImageSignature.Identify(encoded[..Math.Min(encoded.Length, ImageSignature.HeadLength)]);
        using SKData data = SKData.CreateCopy(encoded);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is null)
        {
            return null;
        }

        SKSizeI size = codec.Info.Size;
        Orientation orientation = new Container(format, encoded).Orientation;
        (int width, int height) = orientation.Transposed ? (size.Height, size.Width) : (size.Width, size.Height);
        return new ImageHeader(format, width, height, orientation != default);
    }

    /// <summary>Reads the size of an image as it is looked at.</summary>
    /// <param name="encoded">A file that an <see cref="ImagePreparer"/> takes.</param>
    /// <exception cref="ImageRefusedException">It is no such file.</exception>
    public static (int Width, int Height) ReadSize(ReadOnlySpan<byte> encoded) => TryRead(encoded) is { } header
        ? (header.Width, header.Height)
        : throw RefusalText.BadHeader(image: null, ImageSignature.Identify(encoded[..Math.Min(encoded.Length, ImageSignature.HeadLength)]));
}
