using SkiaSharp;

namespace InceptionMl.Scoring.Internal;

/// <summary>An image to warm up with: scored for what it loads and compiles on the way, not for what it shows.</summary>
public static class WarmUpImage
{
    // Larger than any network's input, as photographs are, so that the resampling that they meet is compiled too.
    private const int Side = 640;
    private const int Quality = 90;

    public static byte[] Jpeg()
    {
        using SKBitmap picture = new(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        picture.Erase(SKColors.Gray);
        using SKData jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }
}
