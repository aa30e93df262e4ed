using System.Text.Json.Serialization;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary>What an evaluation gave, for programs and for people.</summary>
internal static class EvaluationReport
{
    public static string ToJson(EvaluationResult result) => JsonLine.Write(new EvaluationOutput(
        result.Metrics.Images,
        result.Trained?.Images,
        result.Metrics.Accuracy,
        result.Metrics.MacroF1,
        result.Metrics.LogLoss,
        result.Metrics.Ece,
        result.Metrics.Confidence,
        result.Metrics.Classwise,
        result.Metrics.Top5,
        result.Metrics.Labels,
        result.Metrics.Confusion,
        result.Metrics.PerClass,
        MistakeTable.ToOutput(result.Mistakes),
        new IntervalsOutput(result.Metrics is { AccuracyLow: { } low, AccuracyHigh: { } high } ? [low, high] : null),
        Suggestions.Create(result.Metrics),
        result.Trained is { Images: > 0 } trained ? new TrainedImagesOutput(trained.Accuracy, trained.LogLoss, result.TrainedIncluded) : null,
        result.Unreadable,
        RunMessages.Sentences(result.Diagnostics, NeverGivenText.Create(result)),
        result.Diagnostics));

    public static string NothingToMeasure(EvaluationResult result) => result.Trained is { Images: > 0 }
        ? "There is nothing to measure the model on: name images that it was not trained on, or count these with --include-trained."
        : result.Unreadable.Count == 0
        ? "There is nothing to measure the model on: see above why its images do not count."
        : result.Unreadable.Count == 1
        ? "The only image cannot be read, so there is nothing to measure the model on: see above what is wrong with it."
        : FormattableString.Invariant(
            $"None of the {result.Unreadable.Count} images can be read, so there is nothing to measure the model on: see above what is wrong with each.");

    public static void Write(CommandContext context, EvaluationResult result)
    {
        ClassificationMetrics metrics = result.Metrics;
        context.Text.WriteLine(FormattableString.Invariant(
            $"{metrics.Images} images: {MetricsTable.Right(metrics)}, {metrics.Top5:P1} among the first five, macro F1 {metrics.MacroF1:F3}, log loss {metrics.LogLoss:F3}, calibration error {metrics.Ece:F3}."));
        MetricsTable.Write(context, metrics);
        MistakeTable.Write(context, result.Mistakes);
    }
}

/// <summary><c>evaluate --json</c></summary>
internal sealed record EvaluationOutput(
    int Images,
    int? Trained,
    double? Accuracy,
    double? MacroF1,
    double? LogLoss,
    double? Ece,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClassificationMetrics.CalibrationError? Confidence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ClassificationMetrics.CalibrationError? Classwise,
    double? Top5,
    IReadOnlyList<string> Labels,
    IReadOnlyList<IReadOnlyList<int>> Confusion,
    IReadOnlyList<ClassificationMetrics.ClassMetrics> PerClass,
    IReadOnlyList<MistakeOutput> Mistakes,
    IntervalsOutput Intervals,
    IReadOnlyList<string> Suggestions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrainedImagesOutput? TrainedFigures,
    IReadOnlyList<ImageProblem> Unreadable,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>The 95 % interval of each figure that has one, low and high.</summary>
internal sealed record IntervalsOutput(IReadOnlyList<double>? Accuracy);

/// <summary>How the model does on images that it was trained on, and whether they count in the other figures.</summary>
internal sealed record TrainedImagesOutput(double? Accuracy, double? LogLoss, bool Included);
