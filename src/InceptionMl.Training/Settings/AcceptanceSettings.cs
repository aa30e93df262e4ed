using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training;

/// <summary>The limits that a challenger must hold to take the champion's place. Each rule is switched off by null.</summary>
[UnusedNames("significance", "maxRecallLoss", "maxEceIncrease")]
public sealed record AcceptanceSettings
{
    /// <summary>
    /// Gets how much the Brier score may rise, above 0, at most 2: the challenger must be shown to be no worse than that, on the same images. A point of accuracy
    /// is about 0.01. Against the best version so far it may be twice as much.
    /// </summary>
    /// <value>The default is 0.04.</value>
    [Description("How much the Brier score may rise; a point of accuracy is about 0.01. The new model must be shown to be no worse than that.")]
    [Range(0.0, 2.0, MinimumIsExclusive = true)]
    [OffByFalse]
    public double? Margin { get; init; } = 0.04;

    /// <summary>Gets what is done where there are too few test images to tell.</summary>
    /// <value>The default is <see cref="Undecided.Estimate"/>.</value>
    [Description("Where there are too few test images to tell. estimate: promote if the Brier score rises by at most half the margin; promote; keep.")]
    public Undecided WhenUndecided { get; init; } = Undecided.Estimate;

    /// <summary>Gets the level of the exact tests of accuracy and of each class's recall: a significant loss keeps the challenger out; above 0, below 1.</summary>
    /// <value>The default is 0.05.</value>
    [Description("Kept if exact tests find at this level that accuracy, or the recall of a class, is lower.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    [OffByFalse]
    public double? Level { get; init; } = 0.05;

    /// <summary>Gets the test images that a class must have for its recall to be tested.</summary>
    /// <value>The default is 20.</value>
    [Description("Test images that a class must have before its recall is judged.")]
    [Range(1, 1_000_000)]
    public int MinTestImages { get; init; } = 20;

    /// <summary>Gets whether the challenger is also held against the best version ever promoted, so that small losses do not add up.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    [Description("Hold the new model also against the best version ever promoted, so that small losses do not add up.")]
    public bool AgainstBest { get; init; } = true;

    /// <summary>Creates the rules that are switched on, in the order in which their results are reported.</summary>
    public IReadOnlyList<IAcceptanceRule> ToRules()
    {
        IAcceptanceRule?[] rules =
        [
            Margin is { } margin ? new BrierRule(margin, WhenUndecided) : null,
            Level is { } level ? new OverallRule(level) : null,
            Level is { } ofRecall ? new RecallRule(ofRecall, MinTestImages) : null,
            Margin is { } allowed && AgainstBest ? new BestVersionRule(allowed, WhenUndecided) : null,
        ];
        return [.. rules.OfType<IAcceptanceRule>()];
    }
}
