namespace InceptionMl.Scoring.Explanations;

/// <summary>Where in an image the evidence for a label lies.</summary>
public sealed record ImageExplanation
{
    /// <summary>The label that is explained.</summary>
    public required string Label { get; init; }

    /// <summary>The label's probability in this image, 0 to 1.</summary>
    public required float Probability { get; init; }

    /// <summary>How the values were found.</summary>
    public required ExplanationMethod Method { get; init; }

    /// <summary>Columns of the grid.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the grid.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// <see cref="Height"/> x <see cref="Width"/> values, row by row from the top: the evidence for the label at each position, in units
    /// of the logit, and below zero where it speaks against the label.
    /// </summary>
    public required ReadOnlyMemory<float> Grid { get; init; }

    /// <summary>What the head adds to the label's logit whatever the image shows.</summary>
    public required float Bias { get; init; }

    /// <summary>The label's logit, before any division by the calibration temperature.</summary>
    public required float Logit { get; init; }

    /// <summary>Width of the upright picture, in pixels.</summary>
    public required int PictureWidth { get; init; }

    /// <summary>Height of the upright picture, in pixels.</summary>
    public required int PictureHeight { get; init; }

    /// <summary>The part of the upright picture that the network saw, over which the grid lies.</summary>
    public required ImageRegion Region { get; init; }

    /// <summary>The version of the model; see <see cref="ImageScorer.ModelVersion"/>.</summary>
    public string? ModelVersion { get; init; }
}
