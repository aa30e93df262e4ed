using InceptionMl.Training;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Cli;

/// <summary>What a retraining gave, for programs.</summary>
internal static class RetrainJson
{
    public static string Write(RetrainResult result, TrainingSettings settings) => JsonLine.Write(new RetrainOutput(
        result.Registry,
        result.IsUnchanged ? null : result.Version,
        result.Promoted,
        [.. result.Reasons.Select(rule => rule.Message)],
        [.. result.Rules.Select(rule => new RuleOutput(rule.RuleId, rule.Holds, rule.Value, rule.Limit, rule.Label, rule.Message))],
        result.ChampionVersion is { } champion ? new VersionScoreOutput(champion, result.ChampionAccuracy) : null,
        result.IsUnchanged ? null : new VersionScoreOutput(result.Version, result.ChallengerAccuracy),
        Best(result),
        new TestImagesOutput(result.Comparison?.Champion.Images ?? result.Training.Test.Images),
        new CacheOutput(result.Training.CacheHits, result.Training.CacheMisses),
        new SecondsOutput(result.Training.FeaturizeSeconds, result.Training.HeadSeconds, result.CompareSeconds, result.TotalSeconds),
        RunMessages.Sentences(result.Diagnostics),
        result.Changes?.TestRelabels ?? [],
        result.Training.Problems,
        RunMessages.Sentences(result.Training.Diagnostics, NeverGivenText.Create(result.Training, settings)),
        [.. result.Diagnostics, .. result.Training.Diagnostics]));

    private static BestVersionOutput? Best(RetrainResult result) => result.Comparison switch
    {
        { Best: { } best } comparison => new BestVersionOutput(comparison.BestVersion!, best.Champion.Accuracy, best.BrierChange.Mean),
        { } comparison => new BestVersionOutput(result.ChampionVersion!, comparison.Champion.Accuracy, comparison.BrierChange.Mean),
        null => null,
    };
}

/// <summary><c>retrain --json</c></summary>
internal sealed record RetrainOutput(
    string Registry,
    string? Version,
    bool Promoted,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<RuleOutput> Rules,
    VersionScoreOutput? Champion,
    VersionScoreOutput? Challenger,
    BestVersionOutput? Best,
    TestImagesOutput Test,
    CacheOutput Cache,
    SecondsOutput Seconds,
    IReadOnlyList<string> Changes,
    IReadOnlyList<DatasetChanges.TestRelabel> TestRelabels,
    IReadOnlyList<ImageProblem> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<Diagnostic> Diagnostics);

internal sealed record RuleOutput(string Id, bool Holds, double? Value, double? Limit, string? Label, string Message);

/// <summary>The best version ever promoted, its accuracy, and how much higher the Brier score of the new one is.</summary>
internal sealed record BestVersionOutput(string Version, double? Accuracy, double BrierChange);

internal sealed record VersionScoreOutput(string Version, double? Accuracy);

internal sealed record TestImagesOutput(int Images);
