using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.TensorFlow;

/// <summary>How a TensorFlow graph becomes a backbone.</summary>
public sealed record TensorFlowConversion
{
    /// <summary>
    /// Gets the tensor of the pooled features as TensorFlow names it (<c>pool_3</c>, <c>pool_3:0</c>); where it is a map, its mean over
    /// positions is taken. Null for the last average pool, or mean over positions, that leaves one position.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? FeaturesTensor { get; init; }

    /// <summary>Gets a value that indicates whether the logits, the input of the last softmax, become an output too.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Logits { get; init; }

    /// <summary>Gets a value that indicates whether the logits become an output if a softmax follows the features.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool LogitsWherePresent { get; init; }

    /// <summary>Gets the tensor of the logits as TensorFlow names it, which asks for them; null to find them.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? LogitsTensor { get; init; }

    /// <summary>Gets the image's size in pixels; null for what the graph's placeholder or resizing says, which may leave it open.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public Extent? ImageSize { get; init; }
}
