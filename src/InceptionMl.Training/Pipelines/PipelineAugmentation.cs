using InceptionMl.Training.Augmentation;

namespace InceptionMl.Training.Pipelines;

/// <summary>Further views of the training images; validation and test images have none.</summary>
public sealed record PipelineAugmentation
{
    /// <summary>Which views.</summary>
    /// <value>The default is <see cref="AugmentationKind.None"/>.</value>
    public AugmentationKind Kind { get; init; }

    /// <summary>Further views of each training image, 1 to 16; only with <see cref="AugmentationKind.Light"/>.</summary>
    /// <value>The default is 4.</value>
    public int Views { get; init; } = 4;
}
