using System.Numerics;
using System.Runtime.InteropServices;
using DemoImages.Scenes;
using SkiaSharp;

namespace DemoImages.Rendering;

/// <summary>Takes the picture: samples the scene, then adds what cameras and workshops add, and encodes it as JPEG.</summary>
internal static class Photograph
{
    public const int Size = 192;
    private const int SamplesPerSide = 2;

    public static byte[] Take(string label, int index)
    {
        RandomSequence random = RandomSequence.For(label, index);
        Scene scene = Scene.Draw(label, random);
        using SKBitmap exposed = Expose(scene, random.Between(0.8f, 1.2f), random.Between(0f, 0.35f));
        using SKBitmap blurred = new(exposed.Info);
        using (SKCanvas canvas = new(exposed))
        {
            Occluder.Draw(canvas, random);
        }

        Blur(exposed, blurred, random.Chance(0.25f) ? random.Between(0.5f, 1.1f) : 0f);
        AddNoise(blurred, random.Between(0.5f, 4.5f), random);
        using SKData jpeg = blurred.Encode(SKEncodedImageFormat.Jpeg, 66 + random.Below(18));
        return jpeg.ToArray();
    }

    private static SKBitmap Expose(Scene scene, float exposure, float vignette)
    {
        RayMarcher marcher = new(scene);
        SKBitmap bitmap = new(new SKImageInfo(Size, Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] pixels = new byte[bitmap.ByteCount];
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                float u = ((2f * x) + 1f - Size) / Size;
                float v = ((2f * y) + 1f - Size) / Size;
                Vector3 color = Sample(marcher, scene.Camera, x, y) * (exposure * (1f - (vignette * 0.5f * ((u * u) + (v * v)))));
                int at = ((y * Size) + x) * 4;
                pixels[at] = Develop(color.X);
                pixels[at + 1] = Develop(color.Y);
                pixels[at + 2] = Develop(color.Z);
                pixels[at + 3] = 255;
            }
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        return bitmap;
    }

    private static Vector3 Sample(RayMarcher marcher, Camera camera, int x, int y)
    {
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < SamplesPerSide * SamplesPerSide; i++)
        {
            float u = (2f * (x + (((i % SamplesPerSide) + 0.5f) / SamplesPerSide)) / Size) - 1f;
            float v = 1f - (2f * (y + (((i / SamplesPerSide) + 0.5f) / SamplesPerSide)) / Size);
            sum += Vector3.Min(marcher.Trace(camera.Eye, camera.Ray(u, v)), new Vector3(2f));
        }

        return sum / (SamplesPerSide * SamplesPerSide);
    }

    /// <summary>Linear light to a byte: highlights roll off, then gamma 2.2.</summary>
    private static byte Develop(float linear)
    {
        float rolled = linear * (1f + (linear * 0.16f)) / (1f + (linear * 0.55f));
        return (byte)Math.Clamp((255f * MathF.Pow(MathF.Max(0f, rolled), 1f / 2.2f)) + 0.5f, 0f, 255f);
    }

    private static void Blur(SKBitmap from, SKBitmap to, float sigma)
    {
        using SKCanvas canvas = new(to);
        using SKImageFilter? filter = sigma > 0f ? SKImageFilter.CreateBlur(sigma, sigma) : null;
        using SKShader shader = SKShader.CreateBitmap(from, SKShaderTileMode.Clamp, SKShaderTileMode.Clamp);
        using SKPaint paint = new() { Shader = shader, ImageFilter = filter };

        // Painted beyond the frame, so that the blur mixes no emptiness into the borders.
        canvas.DrawRect(SKRect.Inflate(SKRect.Create(Size, Size), 16f, 16f), paint);
    }

    private static void AddNoise(SKBitmap bitmap, float deviation, RandomSequence random)
    {
        byte[] pixels = bitmap.Bytes;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            float grain = random.Normal() * deviation;
            for (int channel = 0; channel < 3; channel++)
            {
                pixels[i + channel] = (byte)Math.Clamp(pixels[i + channel] + grain + 0.5f, 0f, 255f);
            }
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
    }
}
