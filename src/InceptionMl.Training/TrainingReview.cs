namespace InceptionMl.Training;

/// <summary>
/// What could make a model better, by cross-validation over its training and validation images with the penalty that was chosen. Test
/// images are not looked at.
/// </summary>
public sealed record TrainingReview
{
    /// <summary>The probability of another label from which an image looks mislabeled.</summary>
    public const double SuspectProbability = 0.9;

    /// <summary>The most images that <see cref="SuspectLabels"/> lists.</summary>
    public const int MaxSuspects = 100;

    /// <summary>Gets how right heads are that were fitted on a quarter, half and all of the images.</summary>
    public required IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; }

    /// <summary>
    /// Gets the accuracy that twice as many images would add, 0 to 1: what the last doubling added, less as much as the one before
    /// was larger.
    /// </summary>
    /// <value>0 where the gain of the last doubling may be chance (p above 0.05 in McNemar's exact test).</value>
    public required double GainOfTwiceTheImages { get; init; }

    /// <summary>Gets the classes whose recall is below the accuracy, the lowest first.</summary>
    public required IReadOnlyList<string> WeakClasses { get; init; }

    /// <summary>
    /// Gets the images to which heads that had not seen them give another label with at least <see cref="SuspectProbability"/>, those first whose own label is
    /// the least probable; at most <see cref="MaxSuspects"/>.
    /// </summary>
    public required IReadOnlyList<SuspectLabel> SuspectLabels { get; init; }

    /// <summary>Gets the number of such images.</summary>
    public required int Suspects { get; init; }

    /// <summary>Gets the figures with four light augmented copies of each training image.</summary>
    /// <value>Null where they were not tried: classes are large, the network is slow, or copies are trained on already.</value>
    public LearningCurvePoint? Augmented { get; init; }

    /// <summary>Gets whether <see cref="Augmented"/> has a log loss below that without copies by more than two standard errors and 0.005, and at least its accuracy.</summary>
    public bool AugmentationHelps { get; init; }

    /// <summary>How right heads are that were fitted on some of the images, each image judged by a head that had not seen it.</summary>
    /// <param name="Images">The number of images they were taken from.</param>
    /// <param name="Accuracy">The share of right answers, 0 to 1.</param>
    /// <param name="LogLoss">The mean log loss.</param>
    public sealed record LearningCurvePoint(int Images, double Accuracy, double LogLoss);

    /// <summary>An image that looks mislabeled to a head that had not seen it.</summary>
    /// <param name="Path">The image.</param>
    /// <param name="Label">Its label.</param>
    /// <param name="Probability">The probability of that label, 0 to 1.</param>
    /// <param name="Suggested">The most probable label.</param>
    /// <param name="SuggestedProbability">Its probability, 0 to 1.</param>
    public sealed record SuspectLabel(string Path, string Label, double Probability, string Suggested, double SuggestedProbability);
}
