namespace InceptionMl.Models;

/// <summary>A backbone's own classifier, where its weights came with one.</summary>
public sealed record BackboneLogits
{
    /// <summary>Gets the name of the output tensor, float32 [N, Classes]: scores before softmax.</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the number of classes of the classifier.</summary>
    public required int Classes { get; init; }

    /// <summary>
    /// Gets the number of scores ahead of ImageNet's thousand: 1 where the first is a background class, as in TensorFlow-slim's files, otherwise 0.
    /// </summary>
    public int Background { get; init; }
}
