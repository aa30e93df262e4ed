namespace InceptionMl.Models;

/// <summary>Figures on images the head was not fitted on.</summary>
public sealed record ModelMetrics
{
    /// <summary>On the validation images, by the head fitted on the training images alone: <c>accuracy</c>, <c>logLoss</c>.</summary>
    public required IReadOnlyDictionary<string, double?> Validation { get; init; }

    /// <summary>On the test images, by the head in this zip: <c>accuracy</c>, <c>macroF1</c>, <c>logLoss</c>, <c>ece</c>.</summary>
    public required IReadOnlyDictionary<string, double?> Test { get; init; }
}
