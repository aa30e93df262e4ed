using InceptionMl.Scoring.Internal;

namespace InceptionMl.Models;

/// <summary>What a backbone computes.</summary>
public sealed record BackboneOutputs
{
    /// <summary>Gets the pooled features.</summary>
    public required BackboneFeatures Features { get; init; }

    /// <summary>Gets the feature map before pooling; null if the backbone offers none.</summary>
    public BackboneFeatureMap? FeatureMap { get; init; }

    /// <summary>Gets the classifier that the weights came with; null if they came without. Features never depend on it.</summary>
    public BackboneLogits? Logits { get; init; }
}
