namespace InceptionMl.Models;

/// <summary>A backbone's output before pooling.</summary>
public sealed record BackboneFeatureMap
{
    /// <summary>Gets the name of the output tensor, float32 [N, Channels, h, w].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the number of channels of the map.</summary>
    public required int Channels { get; init; }
}
