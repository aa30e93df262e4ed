using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training;

/// <summary>The limits that a challenger must hold to take the champion's place. Each rule is switched off by null.</summary>
public sealed record AcceptanceSettings
{
    /// <summary>
    /// Gets the level of McNemar's exact test: a challenger that has fewer images right than the champion is kept out where the p-value is
    /// below it; above 0, below 1.
    /// </summary>
    /// <value>The default is 0.05.</value>
    [Description("Kept if McNemar's exact test finds at this level that the new model is wrong more often.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [OffByFalse]
    public double? Significance { get; init; } = 0.05;

    /// <summary>Gets how much recall a class may lose, 0 to 1.</summary>
    /// <value>The default is 0.05.</value>
    [Description("Kept if a class loses more recall than this.")]
    [Range(0.0, 1.0)]
    [OffByFalse]
    public double? MaxRecallLoss { get; init; } = 0.05;

    /// <summary>Gets the test images that a class must have to be held to <see cref="MaxRecallLoss"/>: with fewer a single image would decide.</summary>
    /// <value>The default is 20.</value>
    [Description("Test images that a class must have before its recall is judged.")]
    [Range(1, 1_000_000)]
    public int MinTestImages { get; init; } = 20;

    /// <summary>Gets how much the expected calibration error may rise, 0 to 1.</summary>
    /// <value>The default is 0.02.</value>
    [Description("Kept if the expected calibration error rises by more than this.")]
    [Range(0.0, 1.0)]
    [OffByFalse]
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
