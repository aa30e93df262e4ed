namespace InceptionMl.Training.Pipelines;

/// <summary>What an image of a label counts.</summary>
/// <param name="Label">The label.</param>
/// <param name="Weight">1e-6 to 1e6; an image counts 1 otherwise.</param>
public sealed record LabelWeight(string Label, double Weight);
