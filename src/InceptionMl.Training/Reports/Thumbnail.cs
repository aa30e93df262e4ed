using InceptionMl.Images;
using InceptionMl.Images.Internal;
using SkiaSharp;

namespace InceptionMl.Training;

/// <summary>Small JPEG images for reports.</summary>
internal static class Thumbnail
{
    private const int Quality = 74;

    /// <summary>Gets an image's thumbnail: whole, upright, on white.</summary>
    /// <param name="file">The encoded image.</param>
    /// <param name="longest">The longest side, in pixels.</param>
    /// <exception cref="ImageRefusedException">The image cannot be read.</exception>
    public static byte[] Create(byte[] file, int longest)
    {
        (int width, int height) = ImageHeader.ReadSize(file);
        double scale = Math.Min(1, (double)longest / Math.Max(1, Math.Max(width, height)));
        (width, height) = (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
        ImagePreparer preparer = new(new ImagePreprocessing(width, height) { Mode = ResizeMode.Stretch });
        byte[] rgb = new byte[preparer.PreparedBytes];
        preparer.Prepare(file, rgb);
        byte[] rgba = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++)
        {
            rgb.AsSpan(3 * i, 3).CopyTo(rgba.AsSpan(4 * i));
            rgba[(4 * i) + 3] = byte.MaxValue;
        }

        using SKImage image = SKImage.FromPixelCopy(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), rgba);
        using SKData jpeg = image.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }
}
