using System.Globalization;

namespace InceptionMl.Images.Internal;

/// <summary>
/// A look at a whole image that does not depend on what a network takes: upright, stretched to a square, gray (ITU-R BT.601). The same bytes
/// give the same thumbnail, whatever else they are prepared to.
/// </summary>
public static class GrayThumbnail
{
    /// <summary>The pixels of a side. A window of nine tenths has whole pixels too.</summary>
    public const int Side = 40;

    /// <summary>The bytes of a thumbnail, one per pixel, rows from the top.</summary>
    public const int Bytes = Side * Side;

    /// <summary>The side that a JPEG is decoded for: that of the embedded network, whose pixels are then decoded once for both.</summary>
    internal const int DecodedSide = 128;

    /// <summary>Gets all that decides a thumbnail besides the file itself, as one line of invariant text: part of the key under which it is cached.</summary>
    public static string CanonicalRule => string.Create(
        CultureInfo.InvariantCulture,
        $"thumbnail v1; decode v{ImagePreprocessing.DecoderVersion}; jpeg-scale {JpegScale.CanonicalRule} of {DecodedSide}; gray {Side}x{Side}; {ImagePreparer.Decoder}");

    internal static void FromRgb(ReadOnlySpan<byte> rgb, Span<byte> gray)
    {
        for (int i = 0; i < gray.Length; i++)
        {
            ReadOnlySpan<byte> pixel = rgb.Slice(3 * i, 3);
            gray[i] = (byte)(((19595 * pixel[0]) + (38470 * pixel[1]) + (7471 * pixel[2]) + 32768) >> 16);
        }
    }
}
