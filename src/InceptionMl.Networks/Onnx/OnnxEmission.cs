using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Onnx;

/// <summary>How a network is written as ONNX.</summary>
public sealed class OnnxEmission
{
    /// <summary>
    /// Gets or sets a value that indicates whether batch normalization, and the scale of a residual, go into the convolution before them, which computes the same
    /// faster.
    /// </summary>
    /// <value>The default is true.</value>
    public bool FoldBatchNormalization { get; set; } = true;

    /// <summary>
    /// Gets or sets the height and width the model is bound to; null leaves them open. OpenCV 4's importer wants them bound for networks that halve
    /// a map without padding, such as Inception V3: it computes with an open size as if it were 0.
    /// </summary>
    /// <value>The default is null.</value>
    public Extent? ImageSize { get; set; }

    /// <summary>
    /// Gets or sets a value that indicates whether padding that counts in an average becomes a node of its own. It costs time in ONNX Runtime, but OpenCV 4 leaves the
    /// padding out of every average, whatever the pool's attribute says.
    /// </summary>
    /// <value>The default is false.</value>
    public bool ExplicitPadding { get; set; }

    /// <summary>Gets or sets a value that indicates whether the classifier is written too, as output <c>logits</c>.</summary>
    /// <value>The default is false.</value>
    public bool Logits { get; set; }

    /// <summary>
    /// Gets or sets the names of layers whose outputs become outputs of the model too, under those names: to look inside. A convolution into which
    /// another layer was folded gives that layer's output.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyCollection<string> Layers { get; set; } = [];
}
