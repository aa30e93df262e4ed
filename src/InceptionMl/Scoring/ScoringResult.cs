using System.Diagnostics.CodeAnalysis;

namespace InceptionMl.Scoring;

/// <summary>The outcome of one image in a batch: a score, or what is wrong with the image.</summary>
/// <param name="Name">The image's name as it was given.</param>
/// <param name="Image">The score; null if there is an error.</param>
/// <param name="Error">What is wrong, as a fragment that follows the name; null if there is a score.</param>
public sealed record ScoringResult(string Name, ScoredImage? Image, string? Error)
{
    /// <summary>Gets the source of the image, with what the caller attached to it; see <see cref="ImageSource.Tag"/>.</summary>
    /// <value>The default is null: the result was not made by a scorer.</value>
    public ImageSource? Source { get; init; }

    /// <summary>Gets the version of the model that was asked, scored or not; see <see cref="ImageScorer.ModelVersion"/>.</summary>
    public string? ModelVersion { get; init; }

    /// <summary>Gets a value that indicates whether the image was scored.</summary>
    [MemberNotNullWhen(true, nameof(Image))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Image is not null;
}
