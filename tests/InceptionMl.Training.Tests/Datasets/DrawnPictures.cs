using System.Runtime.InteropServices;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Training.Datasets;
using SkiaSharp;

namespace InceptionMl.Training.Tests.Datasets;

/// <summary>Pictures as different from each other as photographs are, and copies of them.</summary>
internal static class DrawnPictures
{
    private static readonly ImagePreparer Preparer = new(new ImagePreprocessing(32, 32));

    /// <summary>A lossless picture; each number gives another.</summary>
    public static byte[] Draw(int number, int width = 160, int height = 120)
    {
        using SKBitmap picture = Paint(number, width, height);
        return Encode(picture, SKEncodedImageFormat.Png);
    }

    /// <summary>A copy of the picture of a number.</summary>
    /// <param name="number">The picture.</param>
    /// <param name="kind">What was done to it.</param>
    public static byte[] Copy(int number, string kind)
    {
        using SKBitmap picture = Paint(number, 160, 120);
        return kind switch
        {
            "half the size" => Redrawn(picture, 80, 60, canvas => canvas.Scale(0.5f)),
            "compressed" => Encode(picture, SKEncodedImageFormat.Jpeg, 25),
            "brighter" => Redrawn(picture, 160, 120, static _ => { }, 1.2f),
            "darker" => Redrawn(picture, 160, 120, static _ => { }, 0.8f),
            "mirrored" => Redrawn(picture, 160, 120, canvas => canvas.Scale(-1, 1, 80, 0)),
            "cropped to a corner" => Redrawn(picture, 144, 108, canvas => canvas.Translate(-3, -9)),
            "cropped" => Redrawn(picture, 144, 108, canvas => canvas.Translate(-8, -6)),
            _ => throw new ArgumentException(kind),
        };
    }

    /// <summary>A picture of one shade.</summary>
    public static byte[] Plain(byte shade)
    {
        using SKBitmap picture = new(new SKImageInfo(64, 64, SKColorType.Rgba8888, SKAlphaType.Opaque));
        picture.Erase(new SKColor(shade, shade, shade));
        return Encode(picture, SKEncodedImageFormat.Png);
    }

    public static ImageFingerprint Fingerprint(byte[] encoded)
    {
        byte[] thumbnail = new byte[GrayThumbnail.Bytes];
        Preparer.Prepare(encoded, [], [], static _ => { }, thumbnail);
        return ImageFingerprint.FromThumbnail(thumbnail);
    }

    private static SKBitmap Paint(int number, int width, int height)
    {
        Random random = new(number);
        SKBitmap picture = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(picture);
        foreach (int cells in (int[])[4, 8, 16])
        {
            byte[] pixels = new byte[4 * cells * cells];
            random.NextBytes(pixels);
            using SKBitmap noise = new(new SKImageInfo(cells, cells, SKColorType.Rgba8888, SKAlphaType.Opaque));
            Marshal.Copy(pixels, 0, noise.GetPixels(), pixels.Length);
            using SKPaint paint = new() { Color = SKColors.White.WithAlpha((byte)(cells == 4 ? 255 : 90)), FilterQuality = SKFilterQuality.Medium };
            canvas.DrawBitmap(noise, new SKRect(0, 0, width, height), paint);
        }

        return picture;
    }

    private static byte[] Redrawn(SKBitmap picture, int width, int height, Action<SKCanvas> place, float brightness = 1)
    {
        using SKBitmap copy = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKColorFilter filter = SKColorFilter.CreateColorMatrix([brightness, 0, 0, 0, 0, 0, brightness, 0, 0, 0, 0, 0, brightness, 0, 0, 0, 0, 0, 1, 0]);
        using SKPaint paint = new() { ColorFilter = filter, FilterQuality = SKFilterQuality.Medium };
        using (SKCanvas canvas = new(copy))
        {
            place(canvas);
            canvas.DrawBitmap(picture, 0, 0, paint);
        }

        return Encode(copy, SKEncodedImageFormat.Jpeg, 90);
    }

    private static byte[] Encode(SKBitmap picture, SKEncodedImageFormat format, int quality = 100)
    {
        using SKData data = picture.Encode(format, quality);
        return data.ToArray();
    }
}
