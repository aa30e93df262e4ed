using System.Globalization;
using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>The sentences in which images are refused.</summary>
internal static class Refusals
{
    private const string Convert = "convert it to PNG or JPEG";
    private const string CopyAgain = "copy it again from its source";

    private static ReadOnlySpan<byte> EndOfJpeg => [0xFF, 0xD9];

    public static ImageRefusedException Empty() =>
        new(ImageRefusal.Empty, $"is empty (0 bytes): {CopyAgain}");

    public static ImageRefusedException TooManyBytes(long bytes, long limit) =>
        new(ImageRefusal.TooLarge, Invariant($"has {bytes:N0} bytes, more than the limit of {limit:N0}: make it smaller"));

    public static ImageRefusedException TooManyPixels(int width, int height, long limit) =>
        new(ImageRefusal.TooLarge, Invariant($"has {width:N0} x {height:N0} pixels, more than the limit of {limit:N0}: make it smaller"));

    /// <summary>A file of a format that is not decoded: an image by another name, or no image.</summary>
    public static ImageRefusedException NotDecoded(ImageFormat format, ReadOnlySpan<byte> head) => format == ImageFormat.Unknown
        ? new(ImageRefusal.NotAnImage, NotAnImage(head))
        : new(ImageRefusal.UnsupportedFormat, $"is {ArticleAndName(format)}, which cannot be read: {Convert}");

    public static ImageRefusedException BadHeader(ImageFormat format) =>
        new(ImageRefusal.Damaged, $"starts as {ArticleAndName(format)} but its header is damaged or cut off: {CopyAgain}");

    public static ImageRefusedException NoPixels(ImageFormat format) =>
        new(ImageRefusal.Damaged, $"is {ArticleAndName(format)} without any pixels: {CopyAgain}");

    public static ImageRefusedException Truncated(ImageFormat format) =>
        new(ImageRefusal.Truncated, $"is {ArticleAndName(format)} that ends before its picture does: {CopyAgain}");

    public static ImageRefusedException CannotHold(ImageFormat format, int width, int height, int bytes) =>
        new(ImageRefusal.Truncated, Invariant($"is {ArticleAndName(format)} of {bytes:N0} bytes, which cannot hold the {width:N0} x {height:N0} pixels that its header states: {CopyAgain}"));

    public static ImageRefusedException NotDecodable(ImageFormat format, SKCodecResult result, ReadOnlySpan<byte> encoded) => result switch
    {
        SKCodecResult.IncompleteInput => Truncated(format),
        // A progressive JPEG that ends early is reported as one with an error.
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput when format == ImageFormat.Jpeg && !encoded.TrimEnd((byte)0).EndsWith(EndOfJpeg) => Truncated(format),
        SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion =>
            new(ImageRefusal.UnsupportedFormat, $"is {ArticleAndName(format)} of a kind that cannot be read: {Convert}"),
        _ => new(ImageRefusal.Damaged, $"is {ArticleAndName(format)} whose picture is damaged: {CopyAgain}"),
    };

    private static string NotAnImage(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF-"u8))
        {
            return "is a PDF document, not an image: export its pages as PNG or JPEG";
        }

        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return "is a ZIP archive, not an image: unpack it first";
        }

        if (head.Length >= 8 && head.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            return "is a film, not an image: export a frame as PNG or JPEG";
        }

        if (head.StartsWith("version https://git-lfs"u8))
        {
            return "is a Git LFS pointer, not an image: fetch the file itself with 'git lfs pull'";
        }

        return head.ContainsAnyInRange((byte)0, (byte)8)
            ? "is not an image of any known format: remove it, or replace it with a PNG or JPEG"
            : "is text, not an image: remove it, or download the image itself";
    }

    private static string ArticleAndName(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "a JPEG file",
        ImageFormat.Png => "a PNG file",
        ImageFormat.WebP => "a WebP file",
        ImageFormat.Bmp => "a BMP file",
        ImageFormat.Gif => "a GIF file",
        ImageFormat.Tiff => "a TIFF file (or a camera's raw file)",
        ImageFormat.Heif => "a HEIC or AVIF file",
        ImageFormat.Svg => "an SVG drawing",
        ImageFormat.Icon => "a Windows icon",
        ImageFormat.JpegXl => "a JPEG XL file",
        ImageFormat.Jpeg2000 => "a JPEG 2000 file",
        ImageFormat.Photoshop => "a Photoshop document",
        _ => "a file",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
