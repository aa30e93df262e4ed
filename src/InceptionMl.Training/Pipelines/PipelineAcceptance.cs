namespace InceptionMl.Training.Pipelines;

/// <summary>When a new model takes the place of the champion. Both are measured on the same test images; null switches a rule off.</summary>
public sealed record PipelineAcceptance
{
    /// <summary>
    /// The level at which McNemar's exact test (McNemar 1947) finds that the new model is wrong more often; above 0, below 1.
    /// </summary>
    /// <value>The default is 0.05.</value>
    public double? Significance { get; init; } = 0.05;

    /// <summary>The recall that a class may lose, 0 to 1.</summary>
    /// <value>The default is 0.05.</value>
    public double? MaxRecallLoss { get; init; } = 0.05;

    /// <summary>Test images that a class must have before its recall is judged, at least 1.</summary>
    /// <value>The default is 20.</value>
    public int MinTestImages { get; init; } = 20;

    /// <summary>How much the expected calibration error may rise, 0 to 1.</summary>
    /// <value>The default is 0.02.</value>
    public double? MaxEceIncrease { get; init; } = 0.02;
}
