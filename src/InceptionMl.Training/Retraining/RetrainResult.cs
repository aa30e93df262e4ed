using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Retraining;

/// <summary>What a retraining gave.</summary>
public sealed record RetrainResult
{
    /// <summary>The registry's folder.</summary>
    public required string Registry { get; init; }

    /// <summary>The version that was made.</summary>
    public required string Version { get; init; }

    /// <summary>Gets what each acceptance rule found. The version was promoted if all results hold.</summary>
    public required IReadOnlyList<RuleResult> Rules { get; init; }

    /// <summary>Gets the results that decided: those that do not hold, or all of them if all hold.</summary>
    public IReadOnlyList<RuleResult> Reasons => new AcceptanceDecision(Rules).Deciding;

    /// <summary>Gets a value that indicates whether the version is the current one now.</summary>
    public bool Promoted => new AcceptanceDecision(Rules).IsAccepted;

    /// <summary>The version that was current before; null where there was none.</summary>
    public required string? ChampionVersion { get; init; }

    /// <summary>Gets the champion's accuracy on the images of <see cref="Comparison"/>; null where there was none.</summary>
    public double? ChampionAccuracy => Comparison?.Champion.Accuracy;

    /// <summary>Gets the accuracy of the version that was made: on the images of <see cref="Comparison"/>, on all test images without one.</summary>
    public double? ChallengerAccuracy => Comparison is null ? Training.Test.Accuracy : Comparison.Challenger.Accuracy;

    /// <summary>Both on the frozen test images that the champion was not fitted on; null where there was no champion.</summary>
    public required ModelComparison? Comparison { get; init; }

    /// <summary>What the challenger was trained on and how it went.</summary>
    public required TrainResult Training { get; init; }

    /// <summary>How the dataset differs from the latest version's; null where there is none.</summary>
    public required DatasetChanges? Changes { get; init; }

    /// <summary>Seconds both models took on the test images.</summary>
    public required double CompareSeconds { get; init; }

    /// <summary>Seconds in all.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Gets how the images changed, as sentences for people, each with its id. What should be mended is in <see cref="TrainResult.Diagnostics"/>.</summary>
    public IEnumerable<Diagnostic> Diagnostics => Comparison is { LeftOut: > 0 and int known }
        ?
        [
            .. Changes?.Diagnostics ?? [],
            Diagnostic.Note(
                DiagnosticIds.TestImagesLeftOut,
                FormattableString.Invariant($"Test images left out of the comparison, because the champion was trained on them: {known}.")),
        ]
        : Changes?.Diagnostics ?? [];
}
