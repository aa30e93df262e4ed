using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using InceptionMl.Images.Containers.Internal;

namespace InceptionMl.Images.Kinds;

/// <summary>Tells what a file is that is no image, and what became of an image whose bytes were changed on the way.</summary>
internal static class OtherContent
{
    private const int FewestLineFeeds = 8;

    private static readonly SearchValues<byte> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"u8);

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n'];

    /// <summary>Gets the rest of a sentence that starts with the file's name.</summary>
    public static string Describe(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        return head.StartsWith("%PDF-"u8) ? "is a PDF document, not an image: export its pages as PNG or JPEG"
            : head.StartsWith("%!PS"u8) || head is [0xC5, 0xD0, 0xD3, 0xC6, ..] ? "is a PostScript document, not an image: export it as PNG or JPEG"
            : head.StartsWith("PK\u0003\u0004"u8) ? "is a ZIP archive, not an image: unpack it first"
            : head is [0x1F, 0x8B, ..] ? "is compressed with gzip: unpack it first"
            : head.StartsWith("BZh"u8) || head is [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] ? "is a compressed file, not an image: unpack it first"
            : head.Length >= 8 && head.Slice(4, 4).SequenceEqual("ftyp"u8) ? "is a film, not an image: export a frame as PNG or JPEG"
            : head.StartsWith("version https://git-lfs"u8) ? "is a Git LFS pointer, not an image: fetch the file itself with 'git lfs pull'"
            : IsMangled(head) ? "was copied in text mode, which changed its bytes: copy it again from its source, in binary mode"
            : IsDataUri(text) ? "is a data URI, an image written as text: decode what follows its comma from base64 first"
            : IsBase64(text) ? "is an image written as base64 text: decode it first"
            : IsWebPage(text) ? "is a web page, not an image: download the image itself"
            : Buried(head) is { } buried ? buried
            : BeginningOf(head) is { } name ? FormattableString.Invariant($"has {head.Length} bytes, the beginning of a {name} file and no more: copy it again from its source")
            : head.ContainsAnyInRange((byte)0, (byte)8) || !IsText(head) ? "is not an image of any known format: remove it, or replace it with a PNG or JPEG"
            : "is text, not an image: remove it, or download the image itself";
    }

    /// <summary>Determines whether an image was copied in text mode, which put a carriage return before every line feed.</summary>
    public static bool IsCopiedInTextMode(ReadOnlySpan<byte> encoded)
    {
        int feeds = 0;
        for (int at = encoded.IndexOf((byte)'\n'); at >= 0;)
        {
            if (at == 0 || encoded[at - 1] != '\r')
            {
                return false;
            }

            feeds++;
            int next = encoded[(at + 1)..].IndexOf((byte)'\n');
            at = next < 0 ? next : at + 1 + next;
        }

        return feeds >= FewestLineFeeds;
    }

    /// <summary>
    /// Gets the same before the image is decoded, where a decoder may show something all the same. A BMP or WebP file of the length that it states was not
    /// changed, whatever its pixels are.
    /// </summary>
    public static bool IsCopiedInTextMode(ReadOnlySpan<byte> encoded, ImageFormat format) => IsCopiedInTextMode(encoded) && format switch
    {
        ImageFormat.Bmp => encoded.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(encoded[2..]) != encoded.Length,
        ImageFormat.WebP => encoded.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(encoded[4..]) + 8L != encoded.Length,
        _ => true,
    };

    // The signature of PNG is made to show this. Text decoders put U+FFFD for what is no text.
    private static bool IsMangled(ReadOnlySpan<byte> head) =>
        (head.Length > 8 && head[1..].StartsWith("PNG"u8) && head[0] is 0x89 or 0x09 && head[4..8].ContainsAny("\r\n"u8))
        || head.StartsWith("\uFFFDPNG"u8) || head.StartsWith("\u0089PNG"u8) || head.StartsWith("?PNG"u8)
        || head.StartsWith("\uFFFD\uFFFD\uFFFD"u8) || head.StartsWith("\u00FF\u00D8\u00FF"u8);

    private static bool IsDataUri(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = "data:image/"u8;
        return text.Length > start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);
    }

    private static bool IsBase64(ReadOnlySpan<byte> text) =>
        (text.StartsWith("iVBORw0KGgo"u8) || text.StartsWith("/9j/"u8) || text.StartsWith("R0lGOD"u8) || text.StartsWith("UklGR"u8) || text.StartsWith("Qk0"u8))
        && text.Length > 64 && !text[..64].ContainsAnyExcept(Base64);

    private static bool IsWebPage(ReadOnlySpan<byte> text) =>
        StartsWithIgnoreCase(text, "<!doctype html"u8) || StartsWithIgnoreCase(text, "<html"u8) || StartsWithIgnoreCase(text, "<head"u8);

    private static bool StartsWithIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start) =>
        text.Length >= start.Length && Ascii.EqualsIgnoreCase(text[..start.Length], start);

    // A file of so few bytes holds no image, however it begins.
    private static string? BeginningOf(ReadOnlySpan<byte> file) => file.Length >= 16 ? null
        : file[0] == 0xFF && (file.Length < 2 || file[1] == 0xD8) ? "JPEG"
        : file[0] == 0x89 && (file.Length < 2 || file[1] == 'P') ? "PNG"
        : file.Length >= 2 && "GIF89a"u8.StartsWith(file[..Math.Min(4, file.Length)]) ? "GIF"
        : file.Length >= 4 && file.StartsWith("RIFF"u8) ? "WebP"
        : file.Length >= 2 && file.StartsWith("BM"u8) ? "BMP"
        : null;

    // What was read may end within a character.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        for (int cut = 0; cut < 4 && cut <= head.Length; cut++)
        {
            if (Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    // What a server or a mailer wrote in front of an image.
    private static string? Buried(ReadOnlySpan<byte> head)
    {
        int png = head.IndexOf(PngStart);
        int jpeg = head.IndexOf(JpegStart);
        (int at, string name) = png > 0 ? (png, "PNG file") : jpeg > 0 ? (jpeg, "JPEG file") : head.IndexOf("GIF89a"u8) is > 0 and int gif ? (gif, "GIF file") : (WebPAt(head), "WebP file");
        return at > 0 && !head[..at].ContainsAnyInRange((byte)0, (byte)8)
            ? FormattableString.Invariant($"has {at} bytes in front of its {name}: remove them, or copy it again from its source")
            : null;
    }

    private static int WebPAt(ReadOnlySpan<byte> head)
    {
        int at = head.IndexOf("RIFF"u8);
        return at > 0 && head.Length >= at + 12 && head.Slice(at + 8, 4).SequenceEqual("WEBP"u8) ? at : -1;
    }
}
