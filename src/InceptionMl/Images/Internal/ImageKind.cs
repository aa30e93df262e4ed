using InceptionMl.Images.Kinds;

namespace InceptionMl.Images.Internal;

/// <summary>A kind of image file: how it is called, and how it is told.</summary>
/// <param name="Format">The format it is reported as.</param>
/// <param name="Name">What a sentence calls it, with its article.</param>
/// <param name="Extensions">The extensions that such files carry, lower case, with their dots.</param>
/// <param name="Matches">Whether the first bytes of a file are those of the kind.</param>
public sealed record ImageKind(ImageFormat Format, string Name, string[] Extensions, ImageKind.Signature Matches)
{
    /// <summary>Looks at the first <see cref="ImageSignature.HeadLength"/> bytes of a file.</summary>
    public delegate bool Signature(ReadOnlySpan<byte> head);

    /// <summary>Gets a value that indicates whether images of the kind are decoded here.</summary>
    public bool IsDecoded { get; init; }

    /// <summary>Gets a value that indicates whether the first bytes are enough to take a file for an image whatever its name. Where they are not, they only serve to call it by its name.</summary>
    /// <value>The default is true.</value>
    public bool IsCertain { get; init; } = true;
}
