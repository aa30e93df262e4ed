using System.Runtime.InteropServices;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Scoring.Explanations.Internal;
using SkiaSharp;

namespace InceptionMl.Scoring.Explanations;

/// <summary>
/// Draws an explanation over its image: upright, bright where the evidence is strongest, dark violet where it is weakest. The
/// image lies in grays below, so that every color is heat; what the network did not see keeps its own colors. The scale runs
/// from the grid's lowest value to its highest.
/// </summary>
public static class HeatOverlay
{
    /// <summary>The longest side of an overlay, in pixels; larger images are drawn smaller.</summary>
    public const int MaxSide = 1024;

    /// <summary>The shortest that a longest side may be, in pixels; smaller images are drawn larger.</summary>
    public const int MinSide = 256;

    // The picture shows through, more where there is less to say.
    private const double WeakCover = 0.35;
    private const double StrongCover = 0.6;

    // The search for the best filters and the smallest file takes ten times as long, for a fifth fewer bytes.
    private static readonly SKPngEncoderOptions Quick = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 1);

    /// <summary>Draws an overlay.</summary>
    /// <param name="image">The encoded image that was explained.</param>
    /// <param name="explanation">What was found.</param>
    /// <param name="limits">Limits that the image is held against; null for the defaults.</param>
    /// <param name="maxSide">The longest side of the overlay, <see cref="MinSide"/> to <see cref="MaxSide"/> pixels.</param>
    /// <returns>A PNG file.</returns>
    /// <exception cref="ImageRefusedException">The image cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxSide"/> is out of range.</exception>
    /// <exception cref="ArgumentException">It is not of the size of the image that was explained.</exception>
    public static byte[] Png(ReadOnlyMemory<byte> image, ImageExplanation explanation, ImageLimits? limits = null, int maxSide = MaxSide)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, MinSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxSide, MaxSide);
        (int width, int height) = Size(explanation, maxSide);
        ImagePreparer preparer = new(new ImagePreprocessing(width, height) { Mode = ResizeMode.Stretch }, limits);
        byte[] rgb = new byte[preparer.PreparedBytes];
        preparer.Prepare(image, rgb);
        if (ImageHeader.ReadSize(image.Span) != (explanation.PictureWidth, explanation.PictureHeight))
        {
            throw new ArgumentException("This is not the image that was explained: its size is another one.", nameof(image));
        }

        Draw(rgb, width, height, explanation);
        return Encode(rgb, width, height);
    }

    private static (int Width, int Height) Size(ImageExplanation explanation, int maxSide)
    {
        int longest = Math.Max(explanation.PictureWidth, explanation.PictureHeight);
        double scale = (double)Math.Clamp(longest, MinSide, maxSide) / longest;
        return (Side(explanation.PictureWidth), Side(explanation.PictureHeight));

        int Side(int pixels) => Math.Max(1, (int)Math.Round(pixels * scale));
    }

    private static void Draw(Span<byte> rgb, int width, int height, ImageExplanation explanation)
    {
        byte[] ramp = HeatColors.Ramp();
        HeatSurface surface = new(explanation);
        for (int y = 0; y < height; y++)
        {
            double pictureY = (y + 0.5) * explanation.PictureHeight / height;
            for (int x = 0; x < width; x++)
            {
                double heat = surface.At((x + 0.5) * explanation.PictureWidth / width, pictureY);
                if (double.IsNaN(heat))
                {
                    continue;
                }

                double cover = WeakCover + ((StrongCover - WeakCover) * heat);
                ReadOnlySpan<byte> color = ramp.AsSpan(3 * (int)Math.Round(heat * (HeatColors.Count - 1)), 3);
                Span<byte> pixel = rgb.Slice(3 * ((y * width) + x), 3);
                double gray = (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]);
                for (int channel = 0; channel < 3; channel++)
                {
                    pixel[channel] = (byte)Math.Round((gray * (1 - cover)) + (color[channel] * cover));
                }
            }
        }
    }

    private static byte[] Encode(ReadOnlySpan<byte> rgb, int width, int height)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] pixels = new byte[4 * width * height];
        for (int i = 0; i < width * height; i++)
        {
            rgb.Slice(3 * i, 3).CopyTo(pixels.AsSpan(4 * i));
            pixels[(4 * i) + 3] = byte.MaxValue;
        }

        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using SKPixmap pixmap = bitmap.PeekPixels();
        using SKData png = pixmap.Encode(Quick);
        return OverlayMark.Add(png.ToArray());
    }
}
