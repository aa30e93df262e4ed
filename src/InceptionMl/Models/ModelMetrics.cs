namespace InceptionMl.Models;

/// <summary>Figures on images the head was not fitted on.</summary>
public sealed record ModelMetrics
{
    /// <summary>Gets the metrics on the validation images: <c>accuracy</c>, <c>macroF1</c>, <c>logLoss</c>, <c>ece</c>; <see cref="ValidationNote"/> says by which head.</summary>
    public required IReadOnlyDictionary<string, double?> Validation { get; init; }

    /// <summary>Gets what <see cref="Validation"/> was measured on, and what of the choice those images had a part in, in a sentence.</summary>
    public string? ValidationNote { get; init; }

    /// <summary>Gets the metrics on the test images, by the head in this zip: <c>accuracy</c>, <c>macroF1</c>, <c>logLoss</c>, <c>ece</c>.</summary>
    public required IReadOnlyDictionary<string, double?> Test { get; init; }
}
