using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Evaluation;

/// <summary>What a model says of one labeled image.</summary>
/// <param name="Path">The image.</param>
/// <param name="Label">Its label.</param>
/// <param name="Predicted">The most probable label.</param>
/// <param name="Probability">The probability of <paramref name="Predicted"/>, 0 to 1.</param>
/// <param name="LabelProbability">The probability of <paramref name="Label"/>, 0 to 1; 0 for a label that the model does not know.</param>
public sealed record ImagePrediction(string Path, string Label, string Predicted, double Probability, double LabelProbability)
{
    /// <summary>Gets a value that indicates whether the most probable label is the image's own.</summary>
    public bool IsRight => Label == Predicted;

    /// <summary>Gets where the image lies; <see cref="Path"/> may be relative to another folder.</summary>
    internal string? FullPath { get; init; }

    /// <summary>Creates a prediction from a classifier's probabilities.</summary>
    /// <param name="sample">The image.</param>
    /// <param name="labels">Label names; those beyond the end of <paramref name="probabilities"/> have probability 0.</param>
    /// <param name="truth">Place of the image's label.</param>
    /// <param name="predicted">Place of the most probable label.</param>
    /// <param name="probabilities">The probabilities, in label order.</param>
    internal static ImagePrediction Create(ImageSample sample, IReadOnlyList<string> labels, int truth, int predicted, ReadOnlySpan<float> probabilities) =>
        new(sample.Path, labels[truth], labels[predicted], probabilities[predicted], truth < probabilities.Length ? probabilities[truth] : 0)
        {
            FullPath = sample.FullPath,
        };

    /// <summary>Gets the wrong ones, those first whose wrong label is most probable.</summary>
    internal static IReadOnlyList<ImagePrediction> WorstFirst(IEnumerable<ImagePrediction> predictions) =>
    [
        .. predictions.Where(image => !image.IsRight)
            .OrderByDescending(image => image.Probability)
            .ThenBy(image => image.LabelProbability)
            .ThenBy(image => image.Path, StringComparer.Ordinal),
    ];
}
