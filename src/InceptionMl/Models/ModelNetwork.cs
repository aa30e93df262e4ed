namespace InceptionMl.Models;

/// <summary>The network inside a model zip: raw 0..255 RGB planes in, features out, normalization included.</summary>
public sealed record ModelNetwork
{
    /// <summary>Gets the zip entry that ML.NET wrote: a 4-byte little-endian length, then the ONNX model.</summary>
    public required string Entry { get; init; }

    /// <summary>Gets the SHA-256 of the ONNX model, in hexadecimal.</summary>
    public required string Sha256 { get; init; }
}
