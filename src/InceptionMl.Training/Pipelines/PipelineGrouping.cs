namespace InceptionMl.Training.Pipelines;

/// <summary>What keeps images together in one fold, such as photographs of one object.</summary>
public sealed record PipelineGrouping
{
    /// <summary>The manifest's column whose value names the group.</summary>
    /// <value>The default is null: the images of one folder are a group.</value>
    public string? Column { get; init; }
}
