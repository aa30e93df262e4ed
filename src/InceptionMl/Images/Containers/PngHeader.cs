using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>What a PNG file's header states, held against the file's length.</summary>
internal static class PngHeader
{
    // One deflate symbol of two bits stands for at most 258 bytes.
    private const long HighestDeflateRatio = 1032;
    private const int ColorTypeAt = 25;
    private const byte Indexed = 3;

    /// <summary>Determines whether the file is long enough for the pixels its header states; one that is not would only be found out after
    /// room for all of them had been made.</summary>
    public static bool CanHoldItsPixels(ReadOnlySpan<byte> png)
    {
        if (png.Length < 29)
        {
            return true;
        }

        long width = BinaryPrimitives.ReadUInt32BigEndian(png[16..]);
        long height = BinaryPrimitives.ReadUInt32BigEndian(png[20..]);
        int channels = png[ColorTypeAt] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        long rowBytes = ((width * channels * png[24]) + 7) / 8;
        return rowBytes * height / HighestDeflateRatio <= png.Length;
    }

    /// <summary>Determines whether the file's colors are those of a palette.</summary>
    public static bool IsIndexed(ReadOnlySpan<byte> png) => png.Length > ColorTypeAt && png[ColorTypeAt] == Indexed;
}
