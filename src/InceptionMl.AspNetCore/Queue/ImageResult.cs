using InceptionMl.Images;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Explanations;

namespace InceptionMl.AspNetCore;

/// <summary>What came of one image of a request.</summary>
/// <param name="Image">The score; null if the image was refused.</param>
/// <param name="Error">Why it was refused, as a fragment that follows its name; null if it was scored.</param>
/// <param name="Reason">The kind of refusal.</param>
internal sealed record ImageResult(ScoredImage? Image, string? Error, ImageRefusal? Reason)
{
    /// <summary>Gets what the score rests on, where the request asked for it.</summary>
    public ExplainedImage? Explained { get; init; }

    public static ImageResult Scored(ScoredImage image) => new(image, Error: null, Reason: null);

    public static ImageResult Refused(string error, ImageRefusal reason) => new(Image: null, error, reason);
}

/// <summary>Where in an image the evidence for its label lies.</summary>
/// <param name="Explanation">The map.</param>
/// <param name="Overlay">The map drawn over the image, a PNG file.</param>
internal sealed record ExplainedImage(ImageExplanation Explanation, byte[] Overlay);
