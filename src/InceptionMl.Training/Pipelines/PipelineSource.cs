using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Pipelines;

/// <summary>Where a pipeline takes images from.</summary>
public sealed record PipelineSource
{
    /// <summary>A folder or a CSV or TSV manifest.</summary>
    public required PipelinePath Path { get; init; }

    /// <summary>The part that all its images belong to.</summary>
    /// <value>The default is null: as its own layout says, else drawn by content.</value>
    public SplitPart? Part { get; init; }

    /// <summary>The names of a manifest's columns.</summary>
    /// <value>The default finds them by the usual names.</value>
    public ManifestColumns Columns { get; init; } = new();

    /// <summary>Which of the folders above an image names its label.</summary>
    /// <value>The default is null: the top one, and images that lie deeper are told in a warning.</value>
    public LabelFolder? LabelFrom { get; init; }
}
