namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>A linear classifier over a backbone's features: softmax((W f + b) / temperature).</summary>
public sealed record ClassifierHead
{
    /// <summary>The weights W, classes x features, row-major.</summary>
    public required ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>The bias b, one value a class; at least one.</summary>
    public required ReadOnlyMemory<float> Bias { get; init; }

    /// <summary>Divides the logits (Guo et al. 2017); above 0.</summary>
    /// <value>The default is 1, which leaves them as they are.</value>
    public double Temperature { get; init; } = 1;
}
