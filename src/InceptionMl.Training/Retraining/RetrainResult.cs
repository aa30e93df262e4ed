using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Retraining;

/// <summary>What a retraining gave.</summary>
public sealed record RetrainResult
{
    private const double WorthSeeing = 0.04;

    /// <summary>The registry's folder.</summary>
    public required string Registry { get; init; }

    /// <summary>The version that was made; where nothing has changed, the latest one, which would only be made again.</summary>
    public required string Version { get; init; }

    /// <summary>Gets a value that indicates whether no version was made, because images, labels, settings and this library are those of the latest one.</summary>
    public bool IsUnchanged { get; init; }

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

    /// <summary>
    /// Gets how the images changed and what the comparison cannot tell, as sentences for people, each with its id. What should be mended is in
    /// <see cref="TrainResult.Diagnostics"/>.
    /// </summary>
    public IEnumerable<Diagnostic> Diagnostics => [.. Changes?.Diagnostics ?? [], .. Comparison is null ? [] : OfComparison(Comparison)];

    private static IEnumerable<Diagnostic> OfComparison(ModelComparison comparison)
    {
        if (comparison.LeftOut > 0)
        {
            yield return Diagnostic.Note(DiagnosticIds.TestImagesLeftOut, FormattableString.Invariant(
                $"Test images left out of the comparison, because a model was trained on them or on copies of them: {comparison.LeftOut}."));
        }

        if (comparison.NewClasses is { } added)
        {
            string[] names = [.. added.PerClass.Where(of => of.Support > 0).Select(of => of.Label)];
            yield return Diagnostic.Note(DiagnosticIds.NewClassesMeasured, FormattableString.Invariant(
                $"{100 * added.Accuracy:F1} % of {added.Images} test images of {DatasetChecks.Classes(names)} are right; the champion does not know {(names.Length == 1 ? "it" : "them")}, so they do not count in the comparison."));
        }

        if (comparison.SmallestVisibleLoss is > WorthSeeing and { } unseen)
        {
            yield return Diagnostic.Note(DiagnosticIds.SmallLossUnseen, FormattableString.Invariant(
                $"With {comparison.Champion.Images} test images a loss of less than {100 * unseen:F0} points of accuracy would probably go unnoticed; about {Round(comparison.ImagesToSee(WorthSeeing) - comparison.Champion.Images)} more would show {100 * WorthSeeing:F0}."));
        }
    }

    private static int Round(int images) => images < 100 ? (images + 9) / 10 * 10 : (images + 49) / 50 * 50;
}
