namespace InceptionMl.Networks.Onnx.Editing;

/// <summary>
/// How a backbone's ONNX file is to be fed and read: what <see cref="BackboneEditor"/> turns into nodes around the network.
/// </summary>
public sealed record BackboneInterface
{
    /// <summary>The graph input to feed, float32 [N, 3, <see cref="Height"/>, <see cref="Width"/>].</summary>
    public required string InputTensor { get; init; }

    /// <summary>Height the network itself sees, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Width the network itself sees, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the prepared image, in pixels; the center <see cref="Height"/> rows of it are used.</summary>
    public required int PreparedHeight { get; init; }

    /// <summary>Width of the prepared image, in pixels; the center <see cref="Width"/> columns of it are used.</summary>
    public required int PreparedWidth { get; init; }

    /// <summary>True where the network wants blue, green, red.</summary>
    public bool SwapRedAndBlue { get; init; }

    /// <summary>Subtracted from each channel's 0..255 values, in the network's own channel order; three values.</summary>
    public required IReadOnlyList<double> Offset { get; init; }

    /// <summary>Multiplied after the offset, in the network's own channel order; three values.</summary>
    public required IReadOnlyList<double> Scale { get; init; }

    /// <summary>The pooled features, float32 [N, W] (or [N, W, 1, 1], which is flattened).</summary>
    public required string FeaturesTensor { get; init; }

    /// <summary>Values per feature vector, W.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>The feature map before pooling, float32 [N, C, h, w]; null where the network offers none.</summary>
    public string? FeatureMapTensor { get; init; }

    /// <summary>Channels of the feature map, C; not read where there is none.</summary>
    public int FeatureMapChannels { get; init; }

    /// <summary>
    /// The classifier's scores before softmax, float32 [N, K] (or [N, K, 1, 1], which is flattened), to be kept as an output; null
    /// to leave them out.
    /// </summary>
    /// <value>The default is null.</value>
    public string? LogitsTensor { get; init; }

    /// <summary>Classes of the classifier, K; not read where its scores are left out.</summary>
    public int LogitClasses { get; init; }
}
