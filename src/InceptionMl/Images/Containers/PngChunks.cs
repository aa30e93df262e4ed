using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace InceptionMl.Images.Containers;

/// <summary>Walks the chunks of a PNG file, as far as they are whole.</summary>
/// <param name="png">A file that begins with the signature of PNG.</param>
internal ref struct PngChunks(ReadOnlySpan<byte> png)
{
    private const int SignatureBytes = 8;
    private const int LengthAndType = 8;
    private const int Checksum = 4;

    private ReadOnlySpan<byte> rest = png.Length > SignatureBytes ? png[SignatureBytes..] : default;

    /// <summary>Gets the four letters of the chunk.</summary>
    public ReadOnlySpan<byte> Type { get; private set; }

    /// <summary>Gets what is in the chunk.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next chunk; false behind the last that is whole.</summary>
    public bool MoveNext()
    {
        if (rest.Length < LengthAndType + Checksum)
        {
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - LengthAndType - Checksum)
        {
            return false;
        }

        Type = rest.Slice(4, 4);
        Content = rest.Slice(LengthAndType, (int)length);
        rest = rest[(LengthAndType + (int)length + Checksum)..];
        return true;
    }
}

/// <summary>EXIF as ImageMagick wrote it into PNG files before the chunk eXIf was agreed on: as hexadecimal text, compressed or not.</summary>
internal static class PngRawProfile
{
    // As much as a JPEG could hold, which is where such profiles come from.
    private const int MostProfileBytes = 1 << 16;
    private const int MostTextBytes = (MostProfileBytes * 2) + (MostProfileBytes / 16);
    private const int MostCompressedBytes = 1 << 20;

    /// <summary>Reads the profile; false where the chunk holds none or a damaged one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> type, ReadOnlySpan<byte> content, out byte[] profile)
    {
        profile = [];
        bool isCompressed = type.SequenceEqual("zTXt"u8);
        int keyword = content.IndexOf((byte)0);
        if ((!isCompressed && !type.SequenceEqual("tEXt"u8)) || keyword < 0
            || !(content[..keyword].SequenceEqual("Raw profile type exif"u8) || content[..keyword].SequenceEqual("Raw profile type APP1"u8)))
        {
            return false;
        }

        ReadOnlySpan<byte> text = content[(keyword + 1)..];
        profile = Decode(isCompressed ? Inflate(text) : text);
        return profile.Length > 0;
    }

    private static ReadOnlySpan<byte> Inflate(ReadOnlySpan<byte> methodAndText)
    {
        if (methodAndText.Length is < 2 or > MostCompressedBytes || methodAndText[0] != 0)
        {
            return default;
        }

        byte[] text = new byte[MostTextBytes];
        using MemoryStream packed = new(methodAndText[1..].ToArray(), writable: false);
        using ZLibStream zlib = new(packed, CompressionMode.Decompress);
        try
        {
            return text.AsSpan(0, zlib.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return default;
        }
    }

    // A line feed, the profile's name, its length on a line of its own, then the digits in lines.
    private static byte[] Decode(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MostTextBytes)].TrimStart((byte)'\n');
        for (int line = 0; line < 2; line++)
        {
            text = text[(text.IndexOf((byte)'\n') + 1)..];
        }

        char[] digits = [.. Encoding.Latin1.GetString(text).Where(character => !char.IsWhiteSpace(character)).TakeWhile(char.IsAsciiHexDigit)];
        return Convert.FromHexString(digits.AsSpan(0, digits.Length / 2 * 2));
    }
}
