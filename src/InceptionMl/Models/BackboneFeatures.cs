namespace InceptionMl.Models;

/// <summary>A backbone's pooled output.</summary>
public sealed record BackboneFeatures
{
    /// <summary>Gets the name of the output tensor, float32 [N, Width].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the number of values per image, 1 to 65,536.</summary>
    public required int Width { get; init; }
}
