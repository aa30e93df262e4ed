namespace InceptionMl.Networks.Onnx.Editing.Internal;

/// <summary>
/// How a backbone's ONNX file is to be fed and read: what <see cref="BackboneEditor"/> turns into nodes around the network.
/// </summary>
public sealed record BackboneInterface
{
    /// <summary>Gets the graph input to feed, float32 [N, 3, <see cref="Height"/>, <see cref="Width"/>].</summary>
    public required string InputTensor { get; init; }

    /// <summary>Gets the height the network itself sees, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Gets the width the network itself sees, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the height of the prepared image, in pixels; the center <see cref="Height"/> rows of it are used.</summary>
    public required int PreparedHeight { get; init; }

    /// <summary>Gets the width of the prepared image, in pixels; the center <see cref="Width"/> columns of it are used.</summary>
    public required int PreparedWidth { get; init; }

    /// <summary>Gets a value that indicates whether the network wants blue, green, red.</summary>
    public bool SwapRedAndBlue { get; init; }

    /// <summary>Gets the values that are subtracted from each channel's 0..255 values, in the network's own channel order; three values.</summary>
    public required IReadOnlyList<double> Offset { get; init; }

    /// <summary>Gets the factors that are applied after the offset, in the network's own channel order; three values.</summary>
    public required IReadOnlyList<double> Scale { get; init; }

    /// <summary>Gets the pooled features, float32 [N, W] (or [N, W, 1, 1], which is flattened).</summary>
    public required string FeaturesTensor { get; init; }

    /// <summary>Gets the number of values per feature vector, W.</summary>
    public required int FeatureWidth { get; init; }

    /// <summary>
    /// Gets the maps that the features are put together from, side by side in this order; empty to take
    /// <see cref="FeaturesTensor"/>. With sources, <see cref="FeatureWidth"/> is the sum of theirs, and no feature map is an output.
    /// </summary>
    /// <value>The default is empty.</value>
    public IReadOnlyList<PooledMap> Sources { get; init; } = [];

    /// <summary>Gets the feature map before pooling, float32 [N, C, h, w]; null if the network offers none.</summary>
    public string? FeatureMapTensor { get; init; }

    /// <summary>Gets the number of channels of the feature map, C; not read where there is none.</summary>
    public int FeatureMapChannels { get; init; }

    /// <summary>
    /// Gets the classifier's scores before softmax, float32 [N, K] (or [N, K, 1, 1], which is flattened), to be kept as an output; null
    /// to leave them out.
    /// </summary>
    /// <value>The default is null.</value>
    public string? LogitsTensor { get; init; }

    /// <summary>Gets the number of classes of the classifier, K; not read where its scores are left out.</summary>
    public int LogitClasses { get; init; }
}

/// <summary>A map of a network and how its positions become one value per channel.</summary>
/// <param name="Tensor">The map, float32 [N, C, h, w].</param>
/// <param name="IsMaximum"><see langword="true"/> for the largest value of a channel, <see langword="false"/> for their mean.</param>
public readonly record struct PooledMap(string Tensor, bool IsMaximum);
