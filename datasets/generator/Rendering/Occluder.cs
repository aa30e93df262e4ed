using SkiaSharp;

namespace DemoImages.Rendering;

/// <summary>Sometimes a cable or a strip of tape lies over the fastener.</summary>
internal static class Occluder
{
    public static void Draw(SKCanvas canvas, RandomSequence random)
    {
        float chance = random.Unit();
        float angle = random.Between(0f, 360f);
        float offset = random.Between(-45f, 45f);
        float width = random.Between(7f, 17f);
        SKColor color = SKColor.FromHsl(random.Between(0f, 360f), random.Between(5f, 70f), random.Between(12f, 75f));
        if (chance > 0.12f)
        {
            return;
        }

        canvas.Save();
        canvas.Translate(Photograph.Size / 2f, Photograph.Size / 2f);
        canvas.RotateDegrees(angle);
        canvas.Translate(0f, offset);
        if (chance < 0.07f)
        {
            DrawCable(canvas, color, width * 0.7f, random.Between(-40f, 40f));
        }
        else
        {
            DrawTape(canvas, color, width * 1.4f);
        }

        canvas.Restore();
    }

    private static void DrawCable(SKCanvas canvas, SKColor color, float width, float bend)
    {
        using SKPath path = new();
        path.MoveTo(-150f, bend);
        path.CubicTo(-50f, -bend, 50f, bend, 150f, -bend);
        using SKMaskFilter soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 3f);
        using SKPaint shadow = new() { Style = SKPaintStyle.Stroke, StrokeWidth = width, Color = SKColors.Black.WithAlpha(130), MaskFilter = soft };
        using SKPaint body = new() { Style = SKPaintStyle.Stroke, StrokeWidth = width, Color = color, IsAntialias = true };
        using SKPaint shine = new() { Style = SKPaintStyle.Stroke, StrokeWidth = width * 0.25f, Color = SKColors.White.WithAlpha(90), IsAntialias = true };
        canvas.Save();
        canvas.Translate(2f, 4f);
        canvas.DrawPath(path, shadow);
        canvas.Restore();
        canvas.DrawPath(path, body);
        canvas.Translate(0f, -width * 0.2f);
        canvas.DrawPath(path, shine);
    }

    private static void DrawTape(SKCanvas canvas, SKColor color, float width)
    {
        using SKPaint shadow = new() { Color = SKColors.Black.WithAlpha(70), IsAntialias = true };
        using SKPaint tape = new() { Color = color.WithAlpha(225), IsAntialias = true };
        canvas.DrawRect(new SKRect(-200f, (-width / 2f) + 2f, 200f, (width / 2f) + 3f), shadow);
        canvas.DrawRect(new SKRect(-200f, -width / 2f, 200f, width / 2f), tape);
    }
}
