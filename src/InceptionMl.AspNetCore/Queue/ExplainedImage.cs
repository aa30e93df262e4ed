using InceptionMl.Scoring.Explanations;

namespace InceptionMl.AspNetCore.Queue;

/// <summary>Where in an image the evidence for its label lies.</summary>
/// <param name="Explanation">The map.</param>
/// <param name="Overlay">The map drawn over the image, a PNG file.</param>
internal sealed record ExplainedImage(ImageExplanation Explanation, byte[] Overlay);
