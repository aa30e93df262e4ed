namespace InceptionMl.Backbones.Classification;

/// <summary>One class's share of an image.</summary>
/// <param name="Index">The class's place, from 0; a background class is not counted, so that ImageNet's are Keras's.</param>
/// <param name="Label">Its name.</param>
/// <param name="WordNetId">Its WordNet id; null if it is not known.</param>
/// <param name="Probability">0 to 1; those of all classes but the background sum to 1.</param>
public sealed record ClassScore(int Index, string Label, string? WordNetId, float Probability);
