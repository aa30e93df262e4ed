using InceptionMl.Training;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary>The sentence about classes that a model never gives, which a good accuracy over lopsided classes hides.</summary>
internal static class NeverGivenText
{
    private const int MostNames = 5;

    public static IReadOnlyList<string> Create(TrainResult result)
    {
        IReadOnlyList<string> never = result.NeverGiven;
        if (never.Count == 0)
        {
            return [];
        }

        string sentence = FormattableString.Invariant(
            $"{Are(never, result.Classes.Count)} never given to any of the {result.Validation.Images + result.Test.Images} validation and test images: {Names(never)}.");
        return result.Balanced is not { } balanced
            ? [sentence]
            :
            [
                FormattableString.Invariant(
                    $"{sentence} With --balance weights accuracy on them is {Accuracy(balanced.Validation, balanced.Test):P1} instead of {Accuracy(result.Validation, result.Test):P1}, and right are: {Right(never, balanced)}."),
            ];
    }

    /// <summary>As <see cref="Create(TrainResult)"/>, for a pipeline.</summary>
    public static IReadOnlyList<string> Create(TrainResult result, TrainingSettings settings) => settings.ClassWeights.Balanced
        ? Create(result)
        : [.. Create(result).Select(sentence => $"{sentence} Where they have few training images, set \"classWeights\" to \"weights\" in the pipeline.")];

    /// <summary>The sentence about an evaluation; labels that the model does not know are told elsewhere.</summary>
    public static IReadOnlyList<string> Create(EvaluationResult result)
    {
        ClassificationMetrics metrics = result.Metrics;
        string[] never = [.. metrics.NeverGiven.Except(result.UnknownLabels, StringComparer.Ordinal)];
        return never.Length == 0
            ? []
            :
            [
                FormattableString.Invariant(
                    $"{Are(never, metrics.Labels.Count - result.UnknownLabels.Count)} never given to any of the {metrics.Images} images: {Names(never)}. Where they had few training images, train again with --balance weights."),
            ];
    }

    private static string Are(IReadOnlyList<string> never, int classes) =>
        FormattableString.Invariant($"{never.Count} of {classes} classes {(never.Count == 1 ? "is" : "are")}");

    private static string Names(IReadOnlyList<string> names) => List([.. names], names.Count);

    private static string Right(IReadOnlyList<string> never, TrainResult balanced) => List(
        [
            .. never.Take(MostNames).Select(label =>
            {
                (int right, int support) = Counts(balanced.Validation, label);
                (int more, int others) = Counts(balanced.Test, label);
                return FormattableString.Invariant($"{label} {right + more} of {support + others}");
            }),
        ],
        never.Count);

    private static string List(string[] texts, int count) => string.Join(", ", texts.Take(MostNames))
        + (count > MostNames ? FormattableString.Invariant($" and {count - MostNames} more") : "");

    private static (int Right, int Support) Counts(ClassificationMetrics metrics, string label)
    {
        for (int c = 0; c < metrics.Labels.Count; c++)
        {
            if (metrics.Labels[c] == label)
            {
                return (metrics.Confusion[c][c], metrics.PerClass[c].Support);
            }
        }

        return default;
    }

    private static double Accuracy(params ClassificationMetrics[] parts) =>
        parts.Sum(part => (part.Accuracy ?? 0) * part.Images) / parts.Sum(part => part.Images);
}
