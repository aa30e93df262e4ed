using InceptionMl.Training;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary>What to do next, in sentences, each with the figures that speak for it.</summary>
internal static class Suggestions
{
    private const int Most = 3;
    private const int MostNames = 3;
    private const int FewestSuspects = 3;
    private const int FewestMistakes = 5;
    private const double LeastShareOfMistakes = 0.1;

    // Below this twice as many images are more trouble than they are worth.
    private const double LeastGain = 0.01;

    /// <summary>At most three suggestions, the most promising first.</summary>
    /// <param name="result">What a training gave.</param>
    /// <param name="others">The trained backbone's figures, then those of others at hand; null where they were not compared.</param>
    /// <param name="withTimes">Whether they say what this machine took, so that they are others in each run.</param>
    public static IReadOnlyList<string> Create(TrainResult result, IReadOnlyList<BackboneFigures>? others, bool withTimes = true) => Create(
        result, others is null ? null : BackboneTable.Suggest(others, withTimes), others is null ? null : BackboneTable.SuggestPull(others));

    /// <param name="result">What a training gave.</param>
    /// <param name="backbone">The sentence about a better backbone; null where there is none.</param>
    /// <param name="published">The sentence about published weights; null where there is none.</param>
    /// <inheritdoc cref="Create(TrainResult, IReadOnlyList{BackboneFigures}, bool)"/>
    public static IReadOnlyList<string> Create(TrainResult result, string? backbone, string? published)
    {
        TrainingReview? review = result.Review;
        return [.. new[] { backbone, Labels(review), Augmentation(review), Images(review), published }.OfType<string>().Take(Most)];
    }

    /// <summary>What an evaluation itself speaks for: the mistake that is made most.</summary>
    /// <param name="metrics">The figures.</param>
    public static IReadOnlyList<string> Create(ClassificationMetrics metrics)
    {
        (int Count, int Truth, int Given) worst = Enumerable.Range(0, metrics.Labels.Count)
            .SelectMany(truth => Enumerable.Range(0, metrics.Labels.Count).Where(given => given != truth).Select(given => (metrics.Confusion[truth][given], truth, given)))
            .MaxBy(cell => cell.Item1);
        return worst.Count < FewestMistakes || worst.Count < LeastShareOfMistakes * metrics.PerClass[worst.Truth].Support
            ? []
            :
            [
                FormattableString.Invariant(
                    $"The mistake that is made most: {worst.Count} of {metrics.PerClass[worst.Truth].Support} images of {metrics.Labels[worst.Truth]} are taken for {metrics.Labels[worst.Given]}. Look at their labels, and add training images of both."),
            ];
    }

    public static void Write(CommandContext context, IReadOnlyList<string> suggestions)
    {
        if (suggestions.Count > 0)
        {
            context.Tell(Tone.Plain, "What to do next:");
        }

        foreach (string suggestion in suggestions)
        {
            context.Tell(Tone.Plain, "- " + suggestion);
        }
    }

    private static string? Labels(TrainingReview? review) => review is not { Suspects: >= FewestSuspects } ? null : FormattableString.Invariant(
        $"{review.Suspects} images may be mislabeled: models that had not seen them are {100 * TrainingReview.SuspectProbability:F0} % sure of another label; look at these first: {Names([.. review.SuspectLabels.Select(one => FormattableString.Invariant($"{one.Path} ({one.Label}, looks like {one.Suggested})"))])}.");

    private static string? Augmentation(TrainingReview? review) => review is not { AugmentationHelps: true, Augmented: { } augmented } ? null : FormattableString.Invariant(
        $"--augment light would help: log loss {augmented.LogLoss:F3} instead of {review.LearningCurve[^1].LogLoss:F3}, right in {100 * augmented.Accuracy:F1} % instead of {100 * review.LearningCurve[^1].Accuracy:F1} % (by cross-validation).");

    private static string? Images(TrainingReview? review)
    {
        if (review is null || review.GainOfTwiceTheImages < LeastGain)
        {
            return null;
        }

        string curve = string.Join(", ", review.LearningCurve.Select(point => FormattableString.Invariant($"{100 * point.Accuracy:F1} % with {point.Images}")));
        string weak = review.WeakClasses.Count == 0 ? string.Empty : $", above all of {Names(review.WeakClasses)}";
        return FormattableString.Invariant(
            $"More images would help{weak}: right in {curve} (by cross-validation), so twice as many may bring about {100 * review.GainOfTwiceTheImages:F0} points more.");
    }

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNames));
}
