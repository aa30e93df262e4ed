using System.Buffers.Binary;
using System.Globalization;

namespace InceptionMl.Benchmarks.Images;

/// <summary>A folder of rendered JPEGs, no two alike, that is gone when disposed.</summary>
internal sealed class RenderedFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("inceptionml-photos-");

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="count">Files.</param>
    /// <param name="pictures">Different pictures among them; the others differ in a comment only.</param>
    public RenderedFolder(int width, int height, int count, int pictures)
    {
        byte[][] jpegs = [.. Enumerable.Range(0, Math.Min(count, pictures)).Select(number => PhotoRenderer.Render(width, height, number))];
        foreach (int number in Enumerable.Range(0, count))
        {
            string folder = Path.Combine(root.FullName, number % 2 == 0 ? "even" : "odd");
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"photo-{number:D5}.jpg"));
            WithComment(path, jpegs[number % jpegs.Length], number);
        }
    }

    public string FullName => root.FullName;

    public void Dispose() => root.Delete(recursive: true);

    private static void WithComment(string path, ReadOnlySpan<byte> jpeg, int number)
    {
        // Start of image, then COM: marker, length of what follows with itself, text.
        Span<byte> comment = [0xFF, 0xFE, 0, 6, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(comment[4..], number);
        using FileStream file = File.Create(path);
        file.Write(jpeg[..2]);
        file.Write(comment);
        file.Write(jpeg[2..]);
    }
}
