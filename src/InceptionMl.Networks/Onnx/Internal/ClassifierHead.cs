using InceptionMl.Networks.Onnx.Editing;

namespace InceptionMl.Networks.Onnx.Internal;

/// <summary>A linear classifier over a backbone's features: softmax((W f + b) / temperature).</summary>
public sealed record ClassifierHead
{
    /// <summary>Gets the weights W, classes x features, row-major.</summary>
    public required ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>Gets the bias b, one value per class; at least one.</summary>
    public required ReadOnlyMemory<float> Bias { get; init; }

    /// <summary>Gets the temperature that divides the logits (Guo et al. 2017); above 0.</summary>
    /// <value>The default is 1, which leaves them as they are.</value>
    public double Temperature { get; init; } = 1;
}
