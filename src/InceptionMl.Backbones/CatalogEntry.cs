using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Backbones;

/// <summary>Published weights: where they are, what they are, and how images were prepared for them.</summary>
public sealed record CatalogEntry
{
    /// <summary>Gets the name they are pulled by.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the network they are of.</summary>
    public required string Network { get; init; }

    /// <summary>Gets the file to fetch.</summary>
    public required PublishedFile File { get; init; }

    /// <summary>Gets the form of the weights, of the member where the file is an archive.</summary>
    public required WeightFormat Format { get; init; }

    /// <summary>Gets the archive's member that holds the weights; null if the file is no archive.</summary>
    public string? ArchiveMember { get; init; }

    /// <summary>Gets the license, as far as the publisher states one; null if none is known.</summary>
    public string? License { get; init; }

    /// <summary>Gets the width and height of the network's input, in pixels.</summary>
    public required int Side { get; init; }

    /// <summary>Gets the order of the channels, <c>RGB</c> or <c>BGR</c>; null if it is not known and has to be given.</summary>
    public string? Channels { get; init; }

    /// <summary>Gets the values that are subtracted from each channel's 0..255 value, in the network's channel order; null if it is not known.</summary>
    public IReadOnlyList<double>? Offset { get; init; }

    /// <summary>Gets the factors that are applied after the offset; null if it is not known.</summary>
    public IReadOnlyList<double>? Scale { get; init; }

    /// <summary>Gets the share of the fitted image's side that the network sees.</summary>
    public double CropFraction { get; init; } = 1;

    /// <summary>Gets how the publisher fits images, where that differs from what this library does.</summary>
    public string? ResizeNote { get; init; }

    /// <summary>Gets the number of classes of the classifier; null if the weights come without one.</summary>
    public int? Classes { get; init; }

    /// <summary>Gets the number of values of the pooled features.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Gets the tensor that holds the pooled features in the published graph; null if the network tells.</summary>
    public string? FeaturesTensor { get; init; }

    /// <summary>
    /// Gets whose naming of the tensors files of this kind bear, <c>Keras InceptionV3</c>: whatever is named so is fed like this entry. Null
    /// where names do not tell.
    /// </summary>
    public string? Naming { get; init; }

    /// <summary>Gets the top-1 accuracy on ImageNet's validation set as published, in percent; null if it is not.</summary>
    public double? Top1 { get; init; }

    /// <summary>Gets a value that indicates whether channel order and normalization are known; where not they have to be asked for, never guessed.</summary>
    public bool HasPreprocessing => Channels is not null && Offset is not null && Scale is not null;

    /// <summary>Gets the input part of a backbone card for these weights.</summary>
    /// <param name="tensor">Name of the input tensor.</param>
    /// <returns>The input; null if <see cref="HasPreprocessing"/> is false.</returns>
    public BackboneInput? Input(string tensor) => !HasPreprocessing ? null : new BackboneInput
    {
        Tensor = tensor,
        Width = Side,
        Height = Side,
        Channels = Channels!,
        Offset = Offset!,
        Scale = Scale!,
        Resize = new BackboneResize { CropFraction = CropFraction },
    };
}

/// <summary>In which form weights are published.</summary>
public enum WeightFormat
{
    /// <summary>Keras 2, weights only, HDF5.</summary>
    KerasH5,

    /// <summary>A PyTorch state dictionary.</summary>
    TorchPth,

    /// <summary>An ONNX model.</summary>
    Onnx,

    /// <summary>A frozen TensorFlow graph.</summary>
    TensorFlowGraphDef,

    /// <summary>A TensorFlow MetaGraphDef with its weights as constants.</summary>
    TensorFlowMetaGraph,
}
