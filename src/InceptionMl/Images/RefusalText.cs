using System.Globalization;
using InceptionMl.Images.Internal;
using InceptionMl.Images.Kinds;
using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>The sentences in which images are refused.</summary>
internal static class RefusalText
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

    /// <summary>A file of a kind that is not decoded: an image by another name, or no image.</summary>
    public static ImageRefusedException NotDecoded(ImageKind? kind, ReadOnlySpan<byte> head) => kind is null
        ? new(ImageRefusal.NotAnImage, OtherContent.Describe(head))
        : Unsupported(kind.Name);

    /// <summary>An image of a kind that is not decoded.</summary>
    /// <param name="name">What it is called, with its article.</param>
    public static ImageRefusedException Unsupported(string name) =>
        new(ImageRefusal.UnsupportedFormat, $"is {name}, which cannot be read: {Convert}");

    /// <summary>An image that no decoder opens.</summary>
    public static ImageRefusedException NotOpened(ImageFormat format, ReadOnlySpan<byte> encoded) =>
        UndecodedVariant.NameOfRare(encoded, format) is { } rare ? Unsupported(rare)
        : OtherContent.IsCopiedInTextMode(encoded) ? CopiedInTextMode(format)
        : BadHeader(format);

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
        SKCodecResult.Success => throw new ArgumentOutOfRangeException(nameof(result), result, "The image was decoded."),
        _ when UndecodedVariant.NameOfRare(encoded, format) is { } rare => Unsupported(rare),
        _ when OtherContent.IsCopiedInTextMode(encoded) => CopiedInTextMode(format),
        SKCodecResult.IncompleteInput => Truncated(format),
        // A progressive JPEG that ends early is reported as one with an error.
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput when format == ImageFormat.Jpeg && !encoded.TrimEnd((byte)0).EndsWith(EndOfJpeg) => Truncated(format),
        SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion =>
            new(ImageRefusal.UnsupportedFormat, $"is {ArticleAndName(format)} of a kind that cannot be read: {Convert}"),
        _ => new(ImageRefusal.Damaged, $"is {ArticleAndName(format)} whose picture is damaged: {CopyAgain}"),
    };

    public static ImageRefusedException CopiedInTextMode(ImageFormat format) =>
        new(ImageRefusal.Damaged, $"is {ArticleAndName(format)} that was copied in text mode, which changed its bytes: {CopyAgain}, in binary mode");

    private static string ArticleAndName(ImageFormat format) => ImageKinds.NameOf(format);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
