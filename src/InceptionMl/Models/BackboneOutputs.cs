using InceptionMl.Scoring.Internal;

namespace InceptionMl.Models;

/// <summary>What a backbone computes.</summary>
public sealed record BackboneOutputs
{
    /// <summary>The pooled features.</summary>
    public required BackboneFeatures Features { get; init; }

    /// <summary>The feature map before pooling; null where the backbone offers none.</summary>
    public BackboneFeatureMap? FeatureMap { get; init; }

    /// <summary>The classifier that the weights came with; null where they came without. Features never depend on it.</summary>
    public BackboneLogits? Logits { get; init; }
}
