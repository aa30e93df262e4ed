namespace InceptionMl.Training.Pipelines;

/// <summary>The backbone: a name, or an ONNX file of one's own.</summary>
public sealed record PipelineBackbone
{
    /// <summary>The name of the backbone; where <see cref="Path"/> is given it is not looked at.</summary>
    /// <value>The default is <c>inception-compact</c>, the embedded one.</value>
    public string Name { get; init; } = "inception-compact";

    /// <summary>An ONNX file.</summary>
    /// <value>The default is null: the backbone of that <see cref="Name"/>.</value>
    public PipelinePath? Path { get; init; }

    /// <summary>How an ONNX file without a card is fed; only with <see cref="Path"/>.</summary>
    /// <value>The default is null: the card beside the file says.</value>
    public PipelinePreprocessing? Preprocessing { get; init; }
}
