using InceptionMl.Models;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights.Binding.Internal;

namespace InceptionMl.Backbones.Importing;

/// <summary>A weight file that became a backbone, and what was done to it.</summary>
/// <param name="Stored">The backbone in the store.</param>
/// <param name="Form">What the file was recognized as: <c>Keras InceptionV3</c>, <c>TensorFlow graph</c>, <c>ONNX model</c>.</param>
/// <param name="Preprocessing">Where the preparation of images is known from, in a few words.</param>
public sealed record ImportedBackbone(StoredBackbone Stored, string Form, string Preprocessing)
{
    /// <summary>
    /// Gets a value that indicates whether the file is no published one and its preparation was taken from the names of its tensors: it may have been trained with
    /// another.
    /// </summary>
    public bool IsPreparationAssumed { get; init; }

    /// <summary>Gets the tensor of the features as the file names it; null if it holds weights only.</summary>
    public string? FeaturesTensor { get; init; }

    /// <summary>Gets the tensors of the file that the network does not use, each with the reason.</summary>
    public IReadOnlyList<IgnoredTensor> Ignored { get; init; } = [];

    /// <summary>Gets the nodes in front of the network that were cut off because decoding, casting and resizing are done elsewhere.</summary>
    public IReadOnlyList<GraphNodeName> CutOff { get; init; } = [];

    /// <summary>Gets the arithmetic on the whole image that the graph still does.</summary>
    public IReadOnlyList<GraphNodeName> ImageArithmetic { get; init; } = [];

    /// <summary>Gets the backbone's card.</summary>
    public BackboneCard Card => Stored.Card!;
}
