namespace InceptionMl.Training.Evaluation.Comparison;

/// <summary>The settings of the acceptance rules of a pipeline. Null switches a rule off.</summary>
public sealed record AcceptanceRules
{
    /// <summary>
    /// A challenger that has fewer images right than the champion is kept out where <see cref="McNemar"/>'s exact test gives a p-value below this; above 0, below 1.
    /// </summary>
    /// <value>The default is 0.05.</value>
    public double? Significance { get; init; } = 0.05;

    /// <summary>How much recall a class may lose, 0 to 1.</summary>
    /// <value>The default is 0.05.</value>
    public double? MaxRecallLoss { get; init; } = 0.05;

    /// <summary>Classes with fewer test images are not held to <see cref="MaxRecallLoss"/>: a single image would decide.</summary>
    /// <value>The default is 20.</value>
    public int MinTestImages { get; init; } = 20;

    /// <summary>How much the expected calibration error may rise, 0 to 1.</summary>
    /// <value>The default is 0.02.</value>
    public double? MaxEceIncrease { get; init; } = 0.02;

    /// <summary>Creates the rules that are switched on, in the order in which their results are reported.</summary>
    public IReadOnlyList<IAcceptanceRule> ToRules()
    {
        IAcceptanceRule?[] rules =
        [
            Significance is { } level ? new OverallRule(level) : null,
            MaxRecallLoss is { } recall ? new RecallRule(recall, MinTestImages) : null,
            MaxEceIncrease is { } ece ? new CalibrationRule(ece) : null,
        ];
        return [.. rules.OfType<IAcceptanceRule>()];
    }
}
