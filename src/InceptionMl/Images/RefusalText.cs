using System.Globalization;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Images.Kinds;
using InceptionMl.Internal;
using SkiaSharp;

namespace InceptionMl.Images;

/// <summary>The sentences in which images are refused.</summary>
internal static class RefusalText
{
    private const string Convert = "convert it to PNG or JPEG";
    private const string CopyAgain = "copy it again from its source";

    private static ReadOnlySpan<byte> EndOfJpeg => [0xFF, 0xD9];

    public static ImageRefusedException Empty(Subject? image) =>
        new($"is empty (0 bytes): {CopyAgain}", image) { Reason = ImageRefusal.Empty };

    public static ImageRefusedException TooManyBytes(Subject? image, long bytes, long limit) =>
        new(Invariant($"has {bytes:N0} bytes, more than the limit of {limit:N0}: make it smaller"), image) { Reason = ImageRefusal.TooLarge };

    public static ImageRefusedException TooManyPixels(Subject? image, int width, int height, long limit) =>
        new(Invariant($"has {width:N0} x {height:N0} pixels, more than the limit of {limit:N0}: make it smaller"), image) { Reason = ImageRefusal.TooLarge };

    /// <summary>A file of a kind that is not decoded: an image by another name, or no image.</summary>
    public static ImageRefusedException NotDecoded(Subject? image, ImageKind? kind, ReadOnlySpan<byte> head) => kind is null
        ? new(OtherContent.Describe(head), image) { Reason = ImageRefusal.NotAnImage }
        : Unsupported(image, kind.Name);

    /// <summary>An image of a kind that is not decoded.</summary>
    /// <param name="image">What the message calls it.</param>
    /// <param name="name">What it is called, with its article.</param>
    public static ImageRefusedException Unsupported(Subject? image, string name) =>
        new($"is {name}, which cannot be read: {Convert}", image) { Reason = ImageRefusal.UnsupportedFormat };

    /// <summary>An image that no decoder opens.</summary>
    public static ImageRefusedException NotOpened(Subject? image, ImageFormat format, ReadOnlySpan<byte> encoded) =>
        UndecodedVariant.NameOfRare(encoded, format) is { } rare ? Unsupported(image, rare)
        : OtherContent.IsCopiedInTextMode(encoded) ? CopiedInTextMode(image, format)
        : BadHeader(image, format);

    public static ImageRefusedException BadHeader(Subject? image, ImageFormat format) =>
        new($"starts as {ArticleAndName(format)} but its header is damaged or cut off: {CopyAgain}", image) { Reason = ImageRefusal.Damaged };

    public static ImageRefusedException NoPixels(Subject? image, ImageFormat format) =>
        new($"is {ArticleAndName(format)} without any pixels: {CopyAgain}", image) { Reason = ImageRefusal.Damaged };

    public static ImageRefusedException Truncated(Subject? image, ImageFormat format) =>
        new($"is {ArticleAndName(format)} that ends before its picture does: {CopyAgain}", image) { Reason = ImageRefusal.Truncated };

    public static ImageRefusedException CannotHold(Subject? image, ImageFormat format, int width, int height, int bytes) =>
        new(Invariant($"is {ArticleAndName(format)} of {bytes:N0} bytes, which cannot hold the {width:N0} x {height:N0} pixels that its header states: {CopyAgain}"), image) { Reason = ImageRefusal.Truncated };

    public static ImageRefusedException NotDecodable(Subject? image, ImageFormat format, SKCodecResult result, ReadOnlySpan<byte> encoded) => result switch
    {
        SKCodecResult.Success => throw new ArgumentOutOfRangeException(nameof(result), result, "The image was decoded."),
        _ when UndecodedVariant.NameOfRare(encoded, format) is { } rare => Unsupported(image, rare),
        _ when OtherContent.IsCopiedInTextMode(encoded) => CopiedInTextMode(image, format),
        SKCodecResult.IncompleteInput => Truncated(image, format),
        // A progressive JPEG that ends early is reported as one with an error.
        SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput when format == ImageFormat.Jpeg && !encoded.TrimEnd((byte)0).EndsWith(EndOfJpeg) => Truncated(image, format),
        SKCodecResult.Unimplemented or SKCodecResult.InvalidConversion =>
            new($"is {ArticleAndName(format)} of a kind that cannot be read: {Convert}", image) { Reason = ImageRefusal.UnsupportedFormat },
        _ => new($"is {ArticleAndName(format)} whose picture is damaged: {CopyAgain}", image) { Reason = ImageRefusal.Damaged },
    };

    public static ImageRefusedException CopiedInTextMode(Subject? image, ImageFormat format) =>
        new($"is {ArticleAndName(format)} that was copied in text mode, which changed its bytes: {CopyAgain}, in binary mode", image) { Reason = ImageRefusal.Damaged };

    private static string ArticleAndName(ImageFormat format) => ImageKinds.NameOf(format);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
