using System.Buffers.Binary;

namespace InceptionMl.Images.Kinds;

/// <summary>Kinds that no single signature tells: several values of the header have to fit.</summary>
internal static class WeakSignatures
{
    // "BM" begins many words; the length of the DIB header behind it takes only these values.
    public static bool IsBitmap(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && head.StartsWith("BM"u8) && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    /// <summary>An OS/2 array of bitmaps, icon or pointer: a header of 14 bytes with a bitmap's behind it.</summary>
    public static bool IsOs2Array(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && (head.StartsWith("BA"u8) || head.StartsWith("CI"u8) || head.StartsWith("CP"u8) || head.StartsWith("IC"u8) || head.StartsWith("PT"u8))
        && BinaryPrimitives.ReadUInt32LittleEndian(head[2..]) is > 0 and < 1024 && head[14] is (byte)'B' or (byte)'C' or (byte)'I' or (byte)'P' or 12 or 64;

    // MP4 and QuickTime films carry the same box; the major brand tells, or a compatible one behind it.
    public static bool IsHeif(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12 || !head[4..].StartsWith("ftyp"u8))
        {
            return false;
        }

        uint declared = BinaryPrimitives.ReadUInt32BigEndian(head);
        int end = (int)Math.Min(declared, (uint)Math.Min(head.Length, 128));
        for (int at = 8; at + 4 <= end; at += 4)
        {
            ReadOnlySpan<byte> brand = head.Slice(at, 4);
            bool isMinorVersion = at == 12;
            if (!isMinorVersion && (brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("mif2"u8) || brand.SequenceEqual("msf1"u8)
                || brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8) || brand.SequenceEqual("miaf"u8)
                || brand[..3].SequenceEqual("hei"u8) || brand[..3].SequenceEqual("hev"u8)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Netpbm's magic number, then white space and a number or a comment; PAM has words.</summary>
    public static bool IsNetpbm(ReadOnlySpan<byte> head) => head is [(byte)'P', >= (byte)'1' and <= (byte)'7', (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t', ..]
        && (head[1] == '7' ? head.IndexOf("WIDTH"u8) > 0 || head.IndexOf("HEIGHT"u8) > 0 : StartsWithNumber(head[3..]));

    public static bool IsFloatMap(ReadOnlySpan<byte> head) =>
        head is [(byte)'P', (byte)'F' or (byte)'f', (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t', ..] && StartsWithNumber(head[3..]);

    public static bool IsSvg(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        bool isMarkup = text.StartsWith("<?xml"u8) || text.StartsWith("<!--"u8) || text.StartsWith("<!DOCTYPE svg"u8);
        return text.StartsWith("<svg"u8) || (isMarkup && text.IndexOf("<svg"u8) >= 0);
    }

    public static bool IsPcx(ReadOnlySpan<byte> head) =>
        head.Length >= 128 && head is [0x0A, 0 or 2 or 3 or 4 or 5, 0 or 1, 1 or 2 or 4 or 8, ..] && head[64] == 0 && head[65] is >= 1 and <= 4;

    /// <summary>TGA has no signature at its beginning: all of its header must make sense.</summary>
    public static bool IsTarga(ReadOnlySpan<byte> head)
    {
        if (head.Length < 18 || head[1] > 1 || head[2] is not (1 or 2 or 3 or 9 or 10 or 11) || (head[17] & 0xC0) != 0)
        {
            return false;
        }

        bool hasPalette = head[1] == 1;
        bool usesPalette = head[2] is 1 or 9;
        bool isGray = head[2] is 3 or 11;
        byte depth = head[16];
        return (hasPalette ? head[7] is 15 or 16 or 24 or 32 : !usesPalette && head[3..8].IndexOfAnyExcept((byte)0) < 0)
            && BinaryPrimitives.ReadUInt16LittleEndian(head[12..]) > 0 && BinaryPrimitives.ReadUInt16LittleEndian(head[14..]) > 0
            && (usesPalette || isGray ? depth is 8 or 16 : depth is 15 or 16 or 24 or 32);
    }

    private static bool StartsWithNumber(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && (text[0] is >= (byte)'0' and <= (byte)'9' || text[0] == '#');
    }
}
