using System.Collections.Immutable;
using Google.Protobuf;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Onnx;

namespace InceptionMl.Networks.TensorFlow.Internal;

/// <summary>
/// A TensorFlow graph as ONNX. Input <c>image</c>, float32 [N, channels, H, W], as the nodes that remain want it; outputs
/// <c>features</c> [N, width], <c>feature_map</c> [N, channels, h, w] where there is one, and <c>logits</c> [N, classes] where asked for.
/// Opset 13, IR version 7.
/// </summary>
public sealed class ConvertedGraph
{
    private readonly ModelProto model;

    internal ConvertedGraph(ModelProto model) => this.model = model;

    /// <summary>Gets the TensorFlow node whose output the image stands for.</summary>
    public required GraphNodeName ImageNode { get; init; }

    /// <summary>Gets the image's size in pixels; null if the network takes any.</summary>
    public required Extent? ImageSize { get; init; }

    /// <summary>Gets what was cut off in front of the network: decoding, casting, resizing, and what they take. The caller does it.</summary>
    public required ImmutableArray<GraphNodeName> CutOff { get; init; }

    /// <summary>
    /// Arithmetic on the whole image that the graph still does, such as normalization: where there is any, the image is handed over
    /// as the cut-off nodes leave it, most often as values from 0 to 255.
    /// </summary>
    public required ImmutableArray<GraphNodeName> ImageArithmetic { get; init; }

    /// <summary>Gets the TensorFlow tensor that the features are.</summary>
    public required string FeaturesTensor { get; init; }

    /// <summary>Gets the number of values per feature vector.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>Gets the number of channels of the feature map; null if the features are the mean of none.</summary>
    public required int? FeatureMapChannels { get; init; }

    /// <summary>Gets the TensorFlow tensor that the logits are; null if they were not asked for.</summary>
    public required string? LogitsTensor { get; init; }

    internal ModelProto Model => model;

    /// <summary>The serialized ONNX model.</summary>
    public byte[] ToBytes() => model.ToByteArray();

    /// <summary>Writes the serialized ONNX model.</summary>
    /// <param name="stream">The stream to write to; it is left open.</param>
    public void WriteTo(Stream stream) => model.WriteTo(stream);
}

/// <summary>A node of a TensorFlow graph, as its file names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Operator">Its operator.</param>
public sealed record GraphNodeName(string Name, string Operator);
