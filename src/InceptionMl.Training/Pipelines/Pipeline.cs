using InceptionMl.Images;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Pipelines;

/// <summary>
/// All that a training run depends on, as a pipeline file says it. Every default is that of training without a file.
/// </summary>
public sealed record Pipeline
{
    /// <summary>The version of the format that is written here.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The name: that of the file without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The schema that the file refers editors to, as written.</summary>
    /// <value>The default is null: none.</value>
    public string? Schema { get; init; }

    /// <summary>Folders and manifests of images; at least one.</summary>
    public required ValueList<PipelineSource> Sources { get; init; }

    /// <summary>How images are divided.</summary>
    /// <value>The default is a tenth of each class for the test and a tenth for validation.</value>
    public PipelineSplit Split { get; init; } = new();

    /// <summary>The backbone.</summary>
    /// <value>The default is the embedded one.</value>
    public PipelineBackbone Backbone { get; init; } = new();

    /// <summary>How images are fitted: crop or pad.</summary>
    /// <value>The default is null: as the backbone's card says.</value>
    public ResizeMode? Resize { get; init; }

    /// <summary>Varied views of the training images.</summary>
    /// <value>The default is none.</value>
    public PipelineAugmentation Augmentation { get; init; } = new();

    /// <summary>Which heads compete, and their search.</summary>
    /// <value>The default is both kinds over the powers of ten.</value>
    public PipelineHeads Heads { get; init; } = new();

    /// <summary>How much each class counts.</summary>
    /// <value>The default is by its images.</value>
    public PipelineClassWeights ClassWeights { get; init; } = new();

    /// <summary>When a new model takes the champion's place.</summary>
    /// <value>The default is all rules.</value>
    public AcceptanceRules Acceptance { get; init; } = new();

    /// <summary>The folder of the model registry.</summary>
    public required PipelinePath Registry { get; init; }

    /// <summary>The folder of the feature cache; null for none.</summary>
    public required PipelinePath? Cache { get; init; }

    /// <summary>Seed of all that is random; it never moves an image between parts.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Which reports are written.</summary>
    /// <value>The default is all.</value>
    public PipelineReports Reports { get; init; } = new();

    /// <summary>What became of the settings of another program's file; they are not written.</summary>
    /// <value>The default is none.</value>
    public PipelineNotes Notes { get; init; } = new();
}
