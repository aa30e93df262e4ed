namespace InceptionMl.Training.Pipelines;

/// <summary>How much each class counts.</summary>
public sealed record PipelineClassWeights
{
    /// <summary>Every class counts alike, however many images it has.</summary>
    /// <value>The default is false.</value>
    public bool Balanced { get; init; }

    /// <summary>What an image of a label counts; labels left out count 1. Empty with <see cref="Balanced"/>.</summary>
    /// <value>The default is none.</value>
    public ValueList<LabelWeight> ByLabel { get; init; } = [];
}
