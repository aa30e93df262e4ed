using InceptionMl.Models;

namespace InceptionMl.Backbones;

/// <summary>A backbone in a store.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="OnnxPath">Its ONNX file, with the card beside it: what <see cref="Backbone.Open"/> takes.</param>
/// <param name="Bytes">The ONNX file's size.</param>
public sealed record StoredBackbone(string Name, string OnnxPath, long Bytes)
{
    /// <summary>Gets its card; null if <see cref="Problem"/> says why it cannot be read.</summary>
    public BackboneCard? Card { get; init; }

    /// <summary>Gets what is wrong with the entry, in one sentence; null for a good one.</summary>
    public string? Problem { get; init; }
}
