using System.Buffers.Binary;
using InceptionMl.Images.Containers;
using InceptionMl.Images.Containers.Internal;

namespace InceptionMl.Images.Kinds;

/// <summary>Files of a format that is decoded, but of a variant of it that is not: told by their headers, which are whole.</summary>
internal static class UndecodedVariant
{
    /// <summary>What a sentence calls the variant, with its article; null for a file of a variant that is decoded.</summary>
    public static string? NameOf(ReadOnlySpan<byte> encoded, ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => ReadJpeg(encoded),
        ImageFormat.Png => encoded.Length >= 16 && encoded[12..].StartsWith("CgBI"u8) ? "a PNG file in Apple's variant for its devices (CgBI)" : null,
        ImageFormat.Bmp => ReadBmp(encoded),
        _ => null,
    };

    /// <summary>Gets the same, for what some decoders know: asked when a file was not decoded.</summary>
    public static string? NameOfRare(ReadOnlySpan<byte> encoded, ImageFormat format)
    {
        JpegSegments segments = new(encoded);
        while (format == ImageFormat.Jpeg && segments.MoveNext() && segments.Marker != JpegSegments.StartOfScan)
        {
            if (segments.IsFrame)
            {
                return segments.Marker is 0xC9 or 0xCA or 0xCD or 0xCE ? "an arithmetic-coded JPEG file"
                    : segments.Content.Length > 5 && segments.Content[5] is not (1 or 3 or 4) ? $"a JPEG file of {segments.Content[5]} channels"
                    : null;
            }
        }

        return null;
    }

    private static string? ReadJpeg(ReadOnlySpan<byte> jpeg)
    {
        const byte JpegLs = 0xF7;
        JpegSegments segments = new(jpeg);
        while (segments.MoveNext() && segments.Marker != JpegSegments.StartOfScan)
        {
            if (segments.Marker == JpegLs)
            {
                return "a JPEG-LS file";
            }

            if (segments.IsFrame)
            {
                byte depth = segments.Content.IsEmpty ? (byte)8 : segments.Content[0];
                return segments.Marker is 0xC3 or 0xC7 or 0xCB or 0xCF ? "a lossless JPEG file"
                    : segments.Marker is 0xC5 or 0xC6 or 0xCD or 0xCE ? "a hierarchical JPEG file"
                    : depth is > 8 and <= 16 ? $"a {depth}-bit JPEG file"
                    : null;
            }
        }

        return null;
    }

    private static string? ReadBmp(ReadOnlySpan<byte> bmp)
    {
        const int Os2Version2HeaderLength = 64;
        if (bmp.Length < 34)
        {
            return null;
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(bmp[14..]);
        uint compression = header < 40 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bmp[30..]);
        return (header, compression) switch
        {
            (Os2Version2HeaderLength, 3) => "a BMP file in OS/2's Huffman coding",
            (Os2Version2HeaderLength, 4) => "a BMP file in OS/2's run lengths of 24 bits (RLE24)",
            (_, 4) when BinaryPrimitives.ReadUInt16LittleEndian(bmp[28..]) == 24 => "a BMP file in OS/2's run lengths of 24 bits (RLE24)",
            (_, 4) => "a BMP file that holds a JPEG",
            (_, 5) => "a BMP file that holds a PNG",
            (_, 11 or 12 or 13) => "a BMP file in CMYK",
            _ => null,
        };
    }
}
