using SkiaSharp;

namespace DemoImages;

/// <summary>The packages' icon: an Inception module, one input, four branches of different reach, joined again.</summary>
internal static class PackageIcon
{
    private const int Side = 128;
    private const float Middle = Side / 2f;
    private const float Left = 22;
    private const float Right = Side - 22;

    private static readonly SKColor Ground = new(0x1E, 0x2A, 0x4A);
    private static readonly SKColor Ends = new(0xFF, 0xFF, 0xFF);

    // A branch's height, the radius of its filter and its color.
    private static readonly (float Y, float Radius, SKColor Color)[] Branches =
    [
        (24, 6, new SKColor(0x5B, 0xC0, 0xEB)),
        (50, 9, new SKColor(0x9B, 0xC5, 0x3D)),
        (78, 12, new SKColor(0xFD, 0xE7, 0x4C)),
        (106, 7, new SKColor(0xFA, 0x79, 0x21)),
    ];

    public static void Write(string file)
    {
        using SKBitmap bitmap = new(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Premul));
        using (SKCanvas canvas = new(bitmap))
        using (SKPaint paint = new() { IsAntialias = true, StrokeWidth = 5, StrokeCap = SKStrokeCap.Round })
        {
            canvas.Clear(SKColors.Transparent);
            paint.Color = Ground;
            canvas.DrawRoundRect(SKRect.Create(Side, Side), 24, 24, paint);
            foreach ((float y, float radius, SKColor color) in Branches)
            {
                paint.Color = color;
                Connect(canvas, paint, y);
                canvas.DrawCircle(Middle, y, radius, paint);
            }

            paint.Color = Ends;
            canvas.DrawCircle(Left, Middle, 9, paint);
            canvas.DrawRoundRect(SKRect.Create(Right - 8, Middle - 20, 16, 40), 5, 5, paint);
        }

        using SKData png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        File.WriteAllBytes(file, png.ToArray());
    }

    private static void Connect(SKCanvas canvas, SKPaint paint, float y)
    {
        using SKPath path = new();
        path.MoveTo(Left, Middle);
        path.CubicTo(Left + 22, Middle, Middle - 26, y, Middle, y);
        path.CubicTo(Middle + 26, y, Right - 22, Middle, Right, Middle);
        paint.Style = SKPaintStyle.Stroke;
        canvas.DrawPath(path, paint);
        paint.Style = SKPaintStyle.Fill;
    }
}
