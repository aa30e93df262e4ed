using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Evaluation;

/// <summary>What an evaluation gave.</summary>
/// <param name="Metrics">The figures over the readable images.</param>
/// <param name="Unreadable">The images that were left out.</param>
/// <param name="Diagnostics">What a person should know of the images.</param>
public sealed record EvaluationResult(ClassificationMetrics Metrics, IReadOnlyList<ImageProblem> Unreadable, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Gets the labels of images that the model does not know, in ordinal order.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> UnknownLabels { get; init; } = [];
}
