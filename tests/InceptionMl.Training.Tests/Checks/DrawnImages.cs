using InceptionMl.TestSupport;
using SkiaSharp;

namespace InceptionMl.Training.Tests.Checks;

/// <summary>Images with detail at every scale, as photographs have it; the same number gives the same one.</summary>
internal static class DrawnImages
{
    public const int Width = 240;
    public const int Height = 180;

    /// <summary>A dataset of two labels with twelve images each, in which nothing is wrong.</summary>
    public static void Clean(this TemporaryFolder folder)
    {
        for (int i = 0; i < 24; i++)
        {
            folder.Write(Name(i), Photo(i));
        }
    }

    public static string Name(int number) => FormattableString.Invariant($"pictures/{(number % 2 == 0 ? "nut" : "bolt")}/{number:00}.jpg");

    public static byte[] Photo(int number, int width = Width, int height = Height) => Encode(Draw(number, width, height));

    /// <summary>An image that was made small and enlarged again.</summary>
    public static byte[] Enlarged(int number, int from)
    {
        using SKBitmap whole = Draw(number, Width, Height);
        using SKBitmap small = whole.Resize(new SKImageInfo(from, from * Height / Width), SKFilterQuality.Medium);
        return Encode(small.Resize(new SKImageInfo(Width, Height), SKFilterQuality.High));
    }

    /// <summary>An image whose colors were changed pixel by pixel.</summary>
    public static byte[] Changed(int number, Func<SKColor, SKColor> change)
    {
        using SKBitmap bitmap = Draw(number, Width, Height);
        bitmap.Pixels = [.. bitmap.Pixels.Select(change)];
        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>A JPEG that states an orientation of EXIF.</summary>
    public static byte[] Turned(int number, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0\x2a"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        byte[] jpeg = Photo(number);
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    private static SKBitmap Draw(int number, int width, int height)
    {
        Random random = new(number);
        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(bitmap);
        canvas.Clear(Color(random, 255));
        for (int size = 64; size > 1; size /= 2)
        {
            for (int i = 0; i < 4 * width / size; i++)
            {
                using SKPaint paint = new() { Color = Color(random, 160) };
                canvas.DrawRect(random.Next(width), random.Next(height), size, size, paint);
            }
        }

        canvas.Flush();
        return bitmap;
    }

    private static SKColor Color(Random random, byte alpha) =>
        new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), alpha);

    private static byte[] Encode(SKBitmap bitmap)
    {
        using (bitmap)
        {
            using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 92);
            return jpeg.ToArray();
        }
    }
}
