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
