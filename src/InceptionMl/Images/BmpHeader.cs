using System.Buffers.Binary;

namespace InceptionMl.Images;

/// <summary>What a BMP file's header states, held against the file's length.</summary>
internal static class BmpHeader
{
    private const int Os2HeaderLength = 12;
    private const int Os2Version2HeaderLength = 64;
    private const int CompressionAt = 30;

    /// <summary>Whether the file is long enough for the pixels its header states. Run lengths may stand for any number of them.</summary>
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

    // 0 is plain; 3 and 6 are plain with masks for the channels, but 3 of an OS/2 header is Huffman's code.
    private static bool IsPlain(uint header, ReadOnlySpan<byte> bmp) =>
        14 + header <= CompressionAt
        || BinaryPrimitives.ReadUInt32LittleEndian(bmp[CompressionAt..]) is 0 or 6
        || (header != Os2Version2HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(bmp[CompressionAt..]) == 3);

    // Without what pads the rows, which the last one of a file may lack.
    private static bool Fits(long width, long height, long bitsPerPixel, long bytes) => ((width * bitsPerPixel) + 7) / 8 * height <= bytes;
}
