using InceptionMl.Models.Internal;
using InceptionMl.Networks.TensorFlow.Internal;
using InceptionMl.Networks.Weights.Binding.Internal;

namespace InceptionMl.Backbones.Importing;

/// <summary>A file's network, ready to be written as ONNX under the tensor names that are the same for all.</summary>
internal sealed record NetworkFromFile
{
    public required string Form { get; init; }

    /// <summary>Gets the architecture's name, where the file tells.</summary>
    public string? Network { get; init; }

    public required KnownInput Input { get; init; }

    public required BackboneOutputs Outputs { get; init; }

    /// <summary>Gets a value that indicates whether the file gives values only, all of them checked, and the graph is one of this library's own: nothing is to be tried.</summary>
    public bool IsOwnGraph { get; init; }

    /// <summary>Gets the action that writes the ONNX file.</summary>
    public required Action<Stream> Write { get; init; }

    public string? FeaturesTensor { get; init; }

    public IReadOnlyList<IgnoredTensor> Ignored { get; init; } = [];

    public IReadOnlyList<GraphNodeName> CutOff { get; init; } = [];

    public IReadOnlyList<GraphNodeName> ImageArithmetic { get; init; } = [];

    /// <summary>Outputs under the names that every file written here gives them.</summary>
    public static BackboneOutputs CreateOutputs(int featureWidth, int? mapChannels, int? classes) => new()
    {
        Features = new BackboneFeatures { Tensor = "features", Width = featureWidth },
        FeatureMap = mapChannels is int channels ? new BackboneFeatureMap { Tensor = "feature_map", Channels = channels } : null,
        Logits = classes is int count ? new BackboneLogits { Tensor = "logits", Classes = count, Background = count == 1001 ? 1 : 0 } : null,
    };
}
