namespace InceptionMl.Training.Pipelines;

/// <summary>Which reports are written.</summary>
public sealed record PipelineReports
{
    /// <summary>A page beside each version that shows what it can do and why it was promoted or not.</summary>
    /// <value>The default is true.</value>
    public bool Html { get; init; } = true;
}
