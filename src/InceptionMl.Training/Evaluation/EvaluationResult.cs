using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Evaluation;

/// <summary>What an evaluation gave.</summary>
/// <param name="Metrics">The figures over the readable images.</param>
/// <param name="Unreadable">Images left out.</param>
/// <param name="Warnings">What the person should know, a sentence each.</param>
public sealed record EvaluationResult(ClassificationMetrics Metrics, IReadOnlyList<ImageProblem> Unreadable, IReadOnlyList<string> Warnings)
{
    /// <summary>Gets whether images lie deeper than in a label's own folder; see <see cref="ImageDataset.HasNestedFolders"/>.</summary>
    public bool HasNestedFolders { get; init; }

    /// <summary>Gets the labels of images that the model does not know, in ordinal order.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> UnknownLabels { get; init; } = [];
}
