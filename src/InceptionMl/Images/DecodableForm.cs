using InceptionMl.Images.Containers;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Images;

/// <summary>Files that a person's viewer shows and the decoder does not, or not as they are, in a form that it takes.</summary>
internal static class DecodableForm
{
    /// <summary>Rewrites a file.</summary>
    /// <returns>The file to decode in its place; null if the decoder takes it as it is.</returns>
    /// <exception cref="ImageRefusedException">The file ends before its picture does.</exception>
    public static byte[]? Create(ReadOnlySpan<byte> encoded, ImageFormat format, Subject? image) => format switch
    {
        ImageFormat.Bmp => BmpHeader.WithAlphaMask(encoded),
        ImageFormat.Jpeg => JpegFrame.EndingOf(encoded) switch
        {
            JpegEnding.Unmarked => [.. encoded, 0xFF, JpegSegments.EndOfImage],
            JpegEnding.CutOff => throw RefusalText.Truncated(image, format),
            _ => null,
        },
        _ => null,
    };
}
