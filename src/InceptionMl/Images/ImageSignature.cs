using System.Buffers.Binary;

namespace InceptionMl.Images;

/// <summary>Tells images by their first bytes, as the formats' specifications give them.</summary>
public static class ImageSignature
{
    /// <summary>
    /// How many first bytes of a file <see cref="Identify"/> looks at. A shorter head (a shorter file) is fine; SVG is what needs
    /// this many, its root element may stand behind a prolog and comments.
    /// </summary>
    public const int HeadLength = 1024;

    /// <summary>The format that the first bytes of a file show, or <see cref="ImageFormat.Unknown"/>.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes of the file, or all of a shorter one.</param>
    public static ImageFormat Identify(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => ImageFormat.Jpeg,
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => ImageFormat.Png,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => ImageFormat.WebP,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => ImageFormat.Gif,
        [(byte)'B', (byte)'M', ..] when IsBitmap(head) => ImageFormat.Bmp,
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => ImageFormat.Tiff,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] when IsHeif(head) => ImageFormat.Heif,
        [0, 0, 1 or 2, 0, > 0, 0, _, _, _, 0, ..] => ImageFormat.Icon,
        [0xFF, 0x0A, ..] => ImageFormat.JpegXl,
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A, ..] => ImageFormat.JpegXl,
        [0, 0, 0, 12, (byte)'j', (byte)'P', (byte)' ', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A, ..] => ImageFormat.Jpeg2000,
        [0xFF, 0x4F, 0xFF, 0x51, ..] => ImageFormat.Jpeg2000,
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', 0, 1 or 2, ..] => ImageFormat.Photoshop,
        _ => IsSvg(head) ? ImageFormat.Svg : ImageFormat.Unknown,
    };

    /// <summary>Whether the first bytes of a file are those of an image, decodable here or not.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes of the file, or all of a shorter one.</param>
    public static bool IsImage(ReadOnlySpan<byte> head) => Identify(head) != ImageFormat.Unknown;

    /// <summary>Whether a path ends in an extension that images carry, decodable here or not; letter case does not matter.</summary>
    /// <param name="path">A path or a file name; nothing is opened.</param>
    public static bool HasImageExtension(ReadOnlySpan<char> path)
    {
        Span<char> lower = stackalloc char[8];
        int length = Path.GetExtension(path).ToLowerInvariant(lower);
        return length > 0 && lower[..length] is
            ".jpg" or ".jpeg" or ".jpe" or ".jfif" or ".png" or ".webp" or ".bmp" or ".dib" or ".gif"
            or ".tif" or ".tiff" or ".heic" or ".heif" or ".hif" or ".avif" or ".svg" or ".svgz" or ".ico" or ".cur"
            or ".jxl" or ".jp2" or ".j2k" or ".jpf" or ".jpx" or ".psd";
    }

    // "BM" begins many words; the length of the DIB header behind it takes only these values.
    private static bool IsBitmap(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    // MP4 and QuickTime films carry the same box; the major brand tells, or a compatible one behind it.
    private static bool IsHeif(ReadOnlySpan<byte> head)
    {
        uint declared = BinaryPrimitives.ReadUInt32BigEndian(head);
        int end = (int)Math.Min(declared, (uint)Math.Min(head.Length, 128));
        for (int at = 8; at + 4 <= end; at += 4)
        {
            ReadOnlySpan<byte> brand = head.Slice(at, 4);
            bool isMinorVersion = at == 12;
            if (!isMinorVersion && (brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("avif"u8)
                || brand.SequenceEqual("avis"u8) || brand[..3].SequenceEqual("hei"u8) || brand[..3].SequenceEqual("hev"u8)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSvg(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        bool isMarkup = text.StartsWith("<?xml"u8) || text.StartsWith("<!--"u8) || text.StartsWith("<!DOCTYPE svg"u8);
        return text.StartsWith("<svg"u8) || (isMarkup && text.IndexOf("<svg"u8) >= 0);
    }
}
