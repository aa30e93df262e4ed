namespace InceptionMl.Training.Pipelines;

/// <summary>What became of the settings of a file in another program's format, a sentence each.</summary>
public sealed record PipelineNotes
{
    /// <summary>Settings that were taken, and as what.</summary>
    /// <value>The default is none.</value>
    public ValueList<string> Taken { get; init; } = [];

    /// <summary>Settings that were ignored, and why.</summary>
    /// <value>The default is none.</value>
    public ValueList<string> Ignored { get; init; } = [];
}
