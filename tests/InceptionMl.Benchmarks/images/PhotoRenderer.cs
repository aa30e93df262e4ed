using System.Runtime.InteropServices;
using SkiaSharp;

namespace InceptionMl.Benchmarks.Images;

/// <summary>
/// Draws pictures that weigh on a decoder as photographs do: a lit background, noise at every scale down to sensor grain, some
/// edges; as JPEG at quality 90 about three bits a pixel. The same number gives the same picture.
/// </summary>
internal static class PhotoRenderer
{
    private const int Quality = 90;
    private const int GrainTile = 512;
    private const int Shapes = 24;

    public static byte[] Render(int width, int height, int number)
    {
        Random random = new(number);
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using SKCanvas canvas = new(bitmap);
        DrawLight(canvas, width, height, random);
        for (int cells = 4; cells < width; cells *= 3)
        {
            DrawNoise(canvas, width, height, cells, random);
        }

        DrawShapes(canvas, width, height, random);
        DrawGrain(canvas, width, height, random);
        canvas.Flush();
        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    private static void DrawLight(SKCanvas canvas, int width, int height, Random random)
    {
        using SKShader shader = SKShader.CreateLinearGradient(
            new SKPoint(0, 0), new SKPoint(width, height), [Color(random, 255), Color(random, 255)], SKShaderTileMode.Clamp);
        using SKPaint paint = new() { Shader = shader };
        canvas.DrawRect(0, 0, width, height, paint);
    }

    private static void DrawNoise(SKCanvas canvas, int width, int height, int cells, Random random)
    {
        using SKBitmap noise = Noise(cells, Math.Max(1, cells * height / width), random);
        using SKPaint paint = new() { Color = SKColors.White.WithAlpha(60), FilterQuality = SKFilterQuality.Medium };
        canvas.DrawBitmap(noise, new SKRect(0, 0, width, height), paint);
    }

    private static void DrawShapes(SKCanvas canvas, int width, int height, Random random)
    {
        for (int i = 0; i < Shapes; i++)
        {
            using SKPaint paint = new() { Color = Color(random, 120), IsAntialias = true };
            float radius = (0.02f + (0.1f * random.NextSingle())) * width;
            canvas.DrawOval(random.NextSingle() * width, random.NextSingle() * height, radius, radius * (0.3f + random.NextSingle()), paint);
        }
    }

    private static void DrawGrain(SKCanvas canvas, int width, int height, Random random)
    {
        using SKBitmap tile = Noise(GrainTile, GrainTile, random);
        using SKShader shader = SKShader.CreateBitmap(tile, SKShaderTileMode.Mirror, SKShaderTileMode.Mirror);
        using SKPaint paint = new() { Shader = shader, Color = SKColors.White.WithAlpha(20) };
        canvas.DrawRect(0, 0, width, height, paint);
    }

    private static SKBitmap Noise(int width, int height, Random random)
    {
        byte[] pixels = new byte[4 * width * height];
        random.NextBytes(pixels);
        for (int i = 3; i < pixels.Length; i += 4)
        {
            pixels[i] = 255;
        }

        SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        return bitmap;
    }

    private static SKColor Color(Random random, byte alpha) =>
        new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), alpha);
}
