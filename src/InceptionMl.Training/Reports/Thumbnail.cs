using InceptionMl.Images;
using InceptionMl.Images.Internal;
using SkiaSharp;

namespace InceptionMl.Training.Retraining;

/// <summary>Small JPEG images for reports.</summary>
internal static class Thumbnail
{
    private const int Side = 144;
    private const int Quality = 80;
    private const long LargestFile = 100 << 20;

    /// <summary>An image's thumbnail, whole and padded to a square.</summary>
    /// <returns>A JPEG file's bytes; null if the image cannot be read any more.</returns>
    public static byte[]? Create(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile ? Encode(File.ReadAllBytes(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ImageRefusedException)
        {
            return null;
        }
    }

    private static byte[] Encode(byte[] file)
    {
        ImagePreparer preparer = new(new ImagePreprocessing(Side, Side) { Mode = ResizeMode.Pad });
        byte[] rgb = new byte[preparer.PreparedBytes];
        preparer.Prepare(file, rgb);
        byte[] rgba = new byte[Side * Side * 4];
        for (int i = 0; i < Side * Side; i++)
        {
            rgb.AsSpan(3 * i, 3).CopyTo(rgba.AsSpan(4 * i));
            rgba[(4 * i) + 3] = byte.MaxValue;
        }

        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque), rgba);
        using SKData jpeg = image.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }
}
