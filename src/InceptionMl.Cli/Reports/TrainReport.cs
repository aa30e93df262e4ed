using System.Globalization;
using System.Text.Json.Serialization;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using InceptionMl.Training;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary>What a training run gave, for programs and for people.</summary>
internal static class TrainReport
{
    /// <summary>The result for programs.</summary>
    /// <param name="result">What the run gave.</param>
    /// <param name="report">The page about it; null if there is none.</param>
    /// <param name="comparison">How it compares with the model that it replaced; null if it replaced none.</param>
    /// <param name="backbones">How backbones compare; null where none were compared.</param>
    /// <param name="suggestions">What to do next.</param>
    public static string ToJson(
        TrainResult result, string? report, ReplacementComparison? comparison, IReadOnlyList<BackboneFigures>? backbones, IReadOnlyList<string> suggestions) => JsonLine.Write(new TrainOutput(
        result.ModelPath,
        report,
        result.Backbone,
        result.Classes,
        result.Images,
        new HeadOutput(result.Trainer, result.L2),
        new AccuracyOutput(result.Validation.Accuracy),
        result.Test.ToFigures(),
        result.Unknown,
        result.Calibration,
        result.Sets,
        MistakeTable.ToOutput(result.Mistakes),
        new SecondsOutput(result.FeaturizeSeconds, result.HeadSeconds, Compare: null, result.TotalSeconds),
        new CacheOutput(result.CacheHits, result.CacheMisses),
        comparison is null ? null : new ReplacedOutput(comparison.Word, comparison.Accuracy, comparison.LogLoss, comparison.Reason),
        BackboneTable.ToOutput(backbones) ?? [],
        result.Review,
        suggestions,
        result.Problems,
        RunMessages.Sentences(result.Diagnostics, NeverGivenText.Create(result)),
        result.Diagnostics));

    public static void Write(CommandContext context, TrainResult result, string? report)
    {
        TextWriter output = context.Text;
        output.WriteLine(FormattableString.Invariant(
            $"{result.Classes.Count} classes; {result.Images.Train} images to train on, {result.Images.Validation} to validate, {result.Images.Test} to test, {result.Images.Unreadable} unreadable, {result.Images.Ignored} files ignored."));
        output.WriteLine(FormattableString.Invariant($"Backbone {result.Backbone}; head {result.Trainer}, L2 {result.L2:G3} by search."));
        SearchTable.Write(context.Console, result.Candidates);
        if (result.Validation.Images > 0)
        {
            output.WriteLine($"Validation: {Percent(result.Validation.Accuracy)} right, {result.ValidationNote}.");
        }

        if (result.Test.Images > 0)
        {
            output.WriteLine(FormattableString.Invariant(
                $"On the {result.Test.Images} test images: {MetricsTable.Right(result.Test)}, macro F1 {result.Test.MacroF1:F3}, log loss {result.Test.LogLoss:F3}, calibration error {result.Test.Ece:F3}."));
            MetricsTable.Write(context, result.Test);
            MistakeTable.Write(context, result.Mistakes);
        }

        if (result.Unknown is { } unknown)
        {
            output.WriteLine(Unknown(unknown));
        }

        output.WriteLine(FormattableString.Invariant(
            $"{result.TotalSeconds:F1} s: features {result.FeaturizeSeconds:F1} s ({result.CacheHits} from the cache), head {result.HeadSeconds:F1} s."));
        output.WriteLine($"Model: {result.ModelPath} (what it is: {result.CardPath})");
        if (report is not null)
        {
            output.WriteLine($"Report: {report}");
        }
    }

    private static string Unknown(ModelUnknown unknown)
    {
        string test = unknown.OfTest is { } share ? FormattableString.Invariant($", and {share:P1} of the test images") : string.Empty;
        string how = unknown.Background > 0 ? FormattableString.Invariant($", and {unknown.BackgroundSeen:P1} of the {unknown.Background} images with none of the labels")
            : unknown.Images * unknown.Wanted < 1 ? FormattableString.Invariant($"; with so few to go by, an image must be more different than any of them")
            : string.Empty;
        return FormattableString.Invariant($"Unknown, none of its labels: {unknown.FalseAlarms:P1} of the {unknown.Images} images it was fitted on{test}{how}.");
    }

    private static string Percent(double? share) => share is double value ? value.ToString("P1", CultureInfo.InvariantCulture) : "none";
}

/// <summary><c>train --json</c></summary>
internal sealed record TrainOutput(
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Report,
    string Backbone,
    IReadOnlyList<string> Classes,
    TrainResult.ImageCounts Images,
    HeadOutput Head,
    AccuracyOutput Validation,
    ModelFigures Test,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelUnknown? Unknown,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelCalibration? Calibration,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelSets? Sets,
    IReadOnlyList<MistakeOutput> Mistakes,
    SecondsOutput Seconds,
    CacheOutput Cache,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReplacedOutput? Replaced,
    IReadOnlyList<ComparedBackboneOutput> Race,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainingReview? Review,
    IReadOnlyList<string> Suggestions,
    IReadOnlyList<ImageProblem> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<Diagnostic> Diagnostics);

internal sealed record HeadOutput(string Trainer, double L2);

internal sealed record AccuracyOutput(double? Accuracy);

internal sealed record ReplacedOutput(string Comparison, double? Accuracy, double? LogLoss, string Reason);
