using System.Text.Json.Serialization;

namespace InceptionMl.Models;

/// <summary>Figures on images the head was not fitted on.</summary>
public sealed record ModelMetrics
{
    /// <summary>Gets the figures on the validation images; <see cref="ValidationNote"/> says by which head.</summary>
    public required ModelFigures Validation { get; init; }

    /// <summary>Gets what <see cref="Validation"/> was measured on, and what of the choice those images had a part in, in a sentence.</summary>
    public string? ValidationNote { get; init; }

    /// <summary>Gets the figures on the test images, by the head in this zip.</summary>
    public required ModelFigures Test { get; init; }
}

/// <summary>How good a model is on some images. A figure that no image supports is null.</summary>
public sealed record ModelFigures
{
    /// <summary>Gets the share of images whose most probable label is the true one, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Accuracy { get; init; }

    /// <summary>Gets the mean F1 of the classes, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? MacroF1 { get; init; }

    /// <summary>Gets the mean log loss.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? LogLoss { get; init; }

    /// <summary>Gets the expected calibration error, from 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Ece { get; init; }
}
