using System.Diagnostics.CodeAnalysis;

namespace InceptionMl.Backbones.Classification;

/// <summary>The outcome of one image in a batch: its most probable classes, or what is wrong with the image.</summary>
/// <param name="Name">The image's name as it was given.</param>
/// <param name="Top">The most probable classes, best first; null if there is an error.</param>
/// <param name="Error">What is wrong, as a fragment that follows the name; null if there are classes.</param>
public sealed record ClassifiedImage(string Name, IReadOnlyList<ClassScore>? Top, string? Error)
{
    /// <summary>Gets a value that indicates whether the image was classified.</summary>
    [MemberNotNullWhen(true, nameof(Top))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Top is not null;
}
