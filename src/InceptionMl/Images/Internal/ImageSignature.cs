using InceptionMl.Images.Containers.Internal;

namespace InceptionMl.Images.Internal;

/// <summary>Tells images by their first bytes, as the formats' specifications give them.</summary>
public static class ImageSignature
{
    /// <summary>
    /// How many first bytes of a file <see cref="Identify"/> looks at. A shorter head (a shorter file) is fine; SVG is what needs
    /// this many, its root element may stand behind a prolog and comments.
    /// </summary>
    public const int HeadLength = 1024;

    /// <summary>Gets the format that the first bytes of a file show, or <see cref="ImageFormat.Unknown"/>.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes of the file, or all of a shorter one.</param>
    public static ImageFormat Identify(ReadOnlySpan<byte> head) => ImageKinds.Find(head)?.Format ?? ImageFormat.Unknown;

    /// <summary>
    /// Determines whether the first bytes of a file are those of an image, decodable here or not. Kinds without a signature of their own, such as
    /// TGA, are not taken for images by their bytes alone.
    /// </summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes of the file, or all of a shorter one.</param>
    public static bool IsImage(ReadOnlySpan<byte> head) => ImageKinds.Find(head) is { IsCertain: true };

    /// <summary>Determines whether a path ends in an extension that images carry, decodable here or not; letter case does not matter.</summary>
    /// <param name="path">A path or a file name; nothing is opened.</param>
    public static bool HasImageExtension(ReadOnlySpan<char> path) => ImageKinds.IsImageExtension(Path.GetExtension(path));
}
