namespace InceptionMl.Scoring.Explanations;

/// <summary>Shows where in an image the evidence for a label is.</summary>
public sealed record ImageExplanation
{
    /// <summary>Gets the label that is explained.</summary>
    public required string Label { get; init; }

    /// <summary>Gets the label's probability in this image, 0 to 1.</summary>
    public required float Probability { get; init; }

    /// <summary>Gets how the values were found.</summary>
    public required ExplanationMethod Method { get; init; }

    /// <summary>Gets the number of columns of the grid.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the number of rows of the grid.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// Gets <see cref="Height"/> x <see cref="Width"/> values, row by row from the top: the evidence for the label at each position, in units
    /// of the logit, and below zero where it speaks against the label.
    /// </summary>
    public required ReadOnlyMemory<float> Grid { get; init; }

    /// <summary>Gets what the head adds to the label's logit whatever the image shows.</summary>
    public required float Bias { get; init; }

    /// <summary>Gets the label's logit, before any division by the calibration temperature.</summary>
    public required float Logit { get; init; }

    /// <summary>Gets the width of the upright image, in pixels.</summary>
    public required int PictureWidth { get; init; }

    /// <summary>Gets the height of the upright image, in pixels.</summary>
    public required int PictureHeight { get; init; }

    /// <summary>Gets the part of the upright image that the network saw, over which the grid lies.</summary>
    public required ImageRegion Region { get; init; }

    /// <summary>Gets the version of the model; see <see cref="ImageScorer.ModelVersion"/>.</summary>
    public string? ModelVersion { get; init; }
}
