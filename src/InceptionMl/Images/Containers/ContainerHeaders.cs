using System.Buffers.Binary;

namespace InceptionMl.Images.Containers;

/// <summary>What a BMP file's header states, held against the file's length.</summary>
internal static class BmpHeader
{
    private const int Os2HeaderLength = 12;
    private const int Os2Version2HeaderLength = 64;
    private const int CompressionAt = 30;
    private const int FileHeaderLength = 14;
    private const int Version1HeaderLength = 40;
    private const int Version3HeaderLength = 56;
    private const int Version4HeaderLength = 108;
    private const int PixelsAt = 10;
    private const int AlphaMaskAt = 66;
    private const int MasksEnd = AlphaMaskAt + sizeof(uint);
    private const int Masks = 3;
    private const int MasksWithAlpha = 6;

    /// <summary>Determines whether the file is long enough for the pixels its header states. Run lengths may stand for any number of them.</summary>
    public static bool CanHoldItsPixels(ReadOnlySpan<byte> bmp)
    {
        if (bmp.Length < CompressionAt + sizeof(uint))
        {
            return true;
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(bmp[14..]);
        if (header == Os2HeaderLength)
        {
            return Fits(BinaryPrimitives.ReadUInt16LittleEndian(bmp[18..]), BinaryPrimitives.ReadUInt16LittleEndian(bmp[20..]), bmp[24], bmp.Length);
        }

        long width = BinaryPrimitives.ReadInt32LittleEndian(bmp[18..]);
        long height = Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(bmp[22..]));
        return !IsPlain(header, bmp) || Fits(width, height, BinaryPrimitives.ReadUInt16LittleEndian(bmp[28..]), bmp.Length);
    }

    /// <summary>
    /// Writes a file whose header has a mask for alpha that the decoder overlooks, that of 56 bytes or the first one with four masks behind
    /// it, as the same file with the header of 108 bytes, whose mask it follows.
    /// </summary>
    /// <returns>The file; null if the header is another one or has no such mask.</returns>
    public static byte[]? WithAlphaMask(ReadOnlySpan<byte> bmp)
    {
        const int AddedBytes = FileHeaderLength + Version4HeaderLength - MasksEnd;
        if (bmp.Length < MasksEnd || BinaryPrimitives.ReadUInt32LittleEndian(bmp[AlphaMaskAt..]) == 0)
        {
            return null;
        }

        uint compression = BinaryPrimitives.ReadUInt32LittleEndian(bmp[CompressionAt..]);
        bool isOverlooked = BinaryPrimitives.ReadUInt32LittleEndian(bmp[FileHeaderLength..]) switch
        {
            Version1HeaderLength => compression == MasksWithAlpha,
            Version3HeaderLength => compression is Masks or MasksWithAlpha,
            _ => false,
        };
        uint pixelsAt = BinaryPrimitives.ReadUInt32LittleEndian(bmp[PixelsAt..]);
        if (!isOverlooked || pixelsAt < MasksEnd || pixelsAt > bmp.Length || bmp.Length > Array.MaxLength - AddedBytes)
        {
            return null;
        }

        byte[] rewritten = new byte[bmp.Length + AddedBytes];
        bmp[..MasksEnd].CopyTo(rewritten);
        bmp[MasksEnd..].CopyTo(rewritten.AsSpan(MasksEnd + AddedBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(rewritten.AsSpan(PixelsAt), pixelsAt + AddedBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(rewritten.AsSpan(FileHeaderLength), Version4HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(rewritten.AsSpan(CompressionAt), Masks);
        return rewritten;
    }

    // 0 is plain; 3 and 6 are plain with masks for the channels, but 3 of an OS/2 header is Huffman's code.
    private static bool IsPlain(uint header, ReadOnlySpan<byte> bmp) =>
        14 + header <= CompressionAt
        || BinaryPrimitives.ReadUInt32LittleEndian(bmp[CompressionAt..]) is 0 or 6
        || (header != Os2Version2HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(bmp[CompressionAt..]) == 3);

    // Without what pads the rows, which the last one of a file may lack.
    private static bool Fits(long width, long height, long bitsPerPixel, long bytes) => ((width * bitsPerPixel) + 7) / 8 * height <= bytes;
}

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

/// <summary>What a GIF file's header states, held against the file's length.</summary>
internal static class GifHeader
{
    // A code of twelve bits stands for at most 4,095 pixels, shorter codes for fewer a bit: that is 2,730 a byte.
    private const long MostPixelsPerByte = 4096;

    /// <summary>
    /// Determines whether the file is long enough for a frame that fills its canvas, in the fewest codes there could be. The canvas costs its
    /// memory however small the frames on it are.
    /// </summary>
    public static bool CanHoldItsPixels(int width, int height, int bytes) => (long)width * height <= MostPixelsPerByte * bytes;
}
