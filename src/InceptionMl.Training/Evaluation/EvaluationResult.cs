using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Evaluation;

/// <summary>What an evaluation gave.</summary>
/// <param name="Metrics">The figures over the readable images that the model was not trained on; over all of them where <see cref="TrainedIncluded"/>.</param>
/// <param name="Unreadable">The images that were left out.</param>
/// <param name="Diagnostics">What a person should know of the images.</param>
public sealed record EvaluationResult(ClassificationMetrics Metrics, IReadOnlyList<ImageProblem> Unreadable, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Gets the labels of images that the model does not know, in ordinal order.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> UnknownLabels { get; init; } = [];

    /// <summary>Gets what the model says of each image that is counted in <see cref="Metrics"/>, in the order of the dataset.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ImagePrediction> Predictions { get; init; } = [];

    /// <summary>Gets some images with their features.</summary>
    internal FeatureSample? Sample { get; init; }

    /// <summary>Gets the images that the model is wrong about, those first whose wrong label is most probable.</summary>
    public IReadOnlyList<ImagePrediction> Mistakes => ImagePrediction.WorstFirst(Predictions);

    /// <summary>Gets the figures over the images that the model was trained on, known by their content.</summary>
    /// <value>The default is null: the model does not list the images it was trained on.</value>
    public ClassificationMetrics? Trained { get; init; }

    /// <summary>Gets a value that indicates whether the images of <see cref="Trained"/> count in <see cref="Metrics"/> too.</summary>
    public bool TrainedIncluded { get; init; }
}
