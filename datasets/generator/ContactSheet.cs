using SkiaSharp;

namespace DemoImages;

/// <summary>One picture of the set: a row a class.</summary>
internal static class ContactSheet
{
    private const int Columns = 12;
    private const int Cell = 96;

    public static void Write(string file, IReadOnlyDictionary<DemoImage, byte[]> rendered)
    {
        using SKBitmap sheet = new(Columns * Cell, DemoSet.Classes.Count * Cell);
        using (SKCanvas canvas = new(sheet))
        using (SKPaint paint = new() { FilterQuality = SKFilterQuality.Medium })
        {
            foreach ((DemoImage image, byte[] jpeg) in rendered)
            {
                int row = DemoSet.Classes.Keys.ToList().IndexOf(image.Label);
                if (image.Index < Columns)
                {
                    using SKBitmap picture = SKBitmap.Decode(jpeg);
                    canvas.DrawBitmap(picture, SKRect.Create(image.Index * Cell, row * Cell, Cell, Cell), paint);
                }
            }
        }

        using SKData data = sheet.Encode(SKEncodedImageFormat.Jpeg, 82);
        File.WriteAllBytes(file, data.ToArray());
    }
}
