using System.Globalization;
using SkiaSharp;

namespace InceptionMl.Benchmarks.Images;

/// <summary>
/// A folder of checkered pictures of 48 x 48 pixels, gone when disposed: each class has two colors and a grid of its own, and each picture noise.
/// </summary>
internal sealed class ManyClassFolder : IDisposable
{
    private const int Side = 48;
    private const int Noise = 20;
    private const int Quality = 85;

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("inceptionml-classes-");

    /// <param name="classes">Folders.</param>
    /// <param name="perClass">Pictures in each.</param>
    public ManyClassFolder(int classes, int perClass)
    {
        foreach (int label in Enumerable.Range(0, classes))
        {
            Random look = new(label);
            SKColor[] colors = [Color(look), Color(look)];
            int cells = look.Next(2, 9);
            string folder = Path.Combine(root.FullName, string.Create(CultureInfo.InvariantCulture, $"class{label:D5}"));
            Directory.CreateDirectory(folder);
            foreach (int number in Enumerable.Range(0, perClass))
            {
                using FileStream file = File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number}.jpg")));
                Write(file, colors, cells, new Random((label * perClass) + number));
            }
        }
    }

    public string FullName => root.FullName;

    public void Dispose() => root.Delete(recursive: true);

    private static void Write(Stream file, SKColor[] colors, int cells, Random noise)
    {
        using SKBitmap bitmap = new(Side, Side);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                SKColor color = colors[((x * cells / Side) + (y * cells / Side)) % 2];
                bitmap.SetPixel(x, y, new SKColor(Noisy(color.Red, noise), Noisy(color.Green, noise), Noisy(color.Blue, noise)));
            }
        }

        using SKData jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality);
        jpeg.SaveTo(file);
    }

    private static SKColor Color(Random random) => new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

    private static byte Noisy(byte value, Random random) => (byte)Math.Clamp(value + random.Next(-Noise, Noise), 0, 255);
}
