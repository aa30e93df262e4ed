using SkiaSharp;

namespace InceptionMl.Benchmarks.Evidence;

/// <summary>Copies of a picture as exports, bursts and edits make them.</summary>
internal static class ImageCopies
{
    private const int GoodQuality = 90;

    /// <summary>The copies by which near-copies are measured, by name.</summary>
    public static readonly IReadOnlyDictionary<string, Func<SKBitmap, byte[]>> Kinds = new Dictionary<string, Func<SKBitmap, byte[]>>
    {
        ["50 %"] = picture => Resized(picture, 0.5),
        ["75 %"] = picture => Resized(picture, 0.75),
        ["q90"] = picture => Encode(picture, 90),
        ["q50"] = picture => Encode(picture, 50),
        ["q25"] = picture => Encode(picture, 25),
        ["+20 %"] = picture => Brightened(picture, 1.2f),
        ["-20 %"] = picture => Brightened(picture, 0.8f),
        ["mirror"] = Mirrored,
        ["crop 90 %"] = picture => Cropped(picture, (int)(picture.Width * 0.05), (int)(picture.Height * 0.05), (int)(picture.Width * 0.9), (int)(picture.Height * 0.9)),
        ["crop 90 %, to one side"] = picture => Cropped(picture, (int)(picture.Width * 0.02), (int)(picture.Height * 0.07), (int)(picture.Width * 0.9), (int)(picture.Height * 0.9)),
        ["crop 95 %, +10 %, q60"] = picture => CroppedAndBrightened(picture),
    };

    public static byte[] Encode(SKBitmap picture, int quality)
    {
        using SKData jpeg = picture.Encode(SKEncodedImageFormat.Jpeg, quality);
        return jpeg.ToArray();
    }

    public static byte[] Brightened(SKBitmap picture, float factor, int quality = GoodQuality)
    {
        float[] scaled = [factor, 0, 0, 0, 0, 0, factor, 0, 0, 0, 0, 0, factor, 0, 0, 0, 0, 0, 1, 0];
        using SKColorFilter filter = SKColorFilter.CreateColorMatrix(scaled);
        using SKPaint paint = new() { ColorFilter = filter };
        return Drawn(picture.Width, picture.Height, quality, canvas => canvas.DrawBitmap(picture, 0, 0, paint));
    }

    public static byte[] Cropped(SKBitmap picture, int x, int y, int width, int height, int quality = GoodQuality) =>
        Drawn(width, height, quality, canvas => canvas.DrawBitmap(picture, -x, -y));

    private static byte[] CroppedAndBrightened(SKBitmap picture)
    {
        using SKBitmap cropped = SKBitmap.Decode(Cropped(picture, (int)(picture.Width * 0.04), (int)(picture.Height * 0.01), (int)(picture.Width * 0.95), (int)(picture.Height * 0.95)));
        return Brightened(cropped, 1.1f, quality: 60);
    }

    private static byte[] Mirrored(SKBitmap picture) => Drawn(picture.Width, picture.Height, GoodQuality, canvas =>
    {
        canvas.Scale(-1, 1, picture.Width / 2f, 0);
        canvas.DrawBitmap(picture, 0, 0);
    });

    private static byte[] Resized(SKBitmap picture, double factor)
    {
        SKImageInfo smaller = new((int)(picture.Width * factor), (int)(picture.Height * factor), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using SKBitmap resized = picture.Resize(smaller, SKFilterQuality.High);
        return Encode(resized, GoodQuality);
    }

    private static byte[] Drawn(int width, int height, int quality, Action<SKCanvas> draw)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (SKCanvas canvas = new(bitmap))
        {
            draw(canvas);
        }

        return Encode(bitmap, quality);
    }
}
