namespace InceptionMl.Training.Evaluation;

/// <summary>Figures of one class.</summary>
/// <param name="Label">The class name.</param>
/// <param name="Precision">Of the images called so, the share that are; null if none was called so.</param>
/// <param name="Recall">Of the images that are, the share called so; null if there is none.</param>
/// <param name="F1">Harmonic mean of both, 2 TP / (2 TP + FP + FN); null if the class occurs on neither side.</param>
/// <param name="Support">Images whose true label it is.</param>
public sealed record ClassMetrics(string Label, double? Precision, double? Recall, double? F1, int Support);
