using Google.Protobuf;
using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.Onnx;

/// <summary>
/// Writes a network with its weights as an ONNX model. Input <c>image</c>, float32 [N, channels, H, W] with batch and size left
/// open; outputs <c>features</c> [N, width], <c>feature_map</c> [N, channels, h, w] and, on request, <c>logits</c> [N, classes].
/// Opset 13, IR version 7.
/// </summary>
public static class OnnxWriter
{
    /// <summary>Writes the model to a file.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="emission">How; null for the defaults.</param>
    /// <exception cref="WeightException">A weight is missing or does not fit.</exception>
    public static void Write(Network network, IWeights weights, string path, OnnxEmission? emission = null)
    {
        ModelProto model = Model(network, weights, emission);
        using FileStream stream = File.Create(path);
        model.WriteTo(stream);
    }

    /// <summary>Writes the model to a stream.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="stream">The stream to write to; it is left open, and untouched where a weight is refused.</param>
    /// <param name="emission">How; null for the defaults.</param>
    /// <exception cref="WeightException">A weight is missing or does not fit.</exception>
    public static void Write(Network network, IWeights weights, Stream stream, OnnxEmission? emission = null) =>
        Model(network, weights, emission).WriteTo(stream);

    /// <summary>Writes the model to memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="emission">How; null for the defaults.</param>
    /// <exception cref="WeightException">A weight is missing or does not fit.</exception>
    public static byte[] ToBytes(Network network, IWeights weights, OnnxEmission? emission = null) =>
        Model(network, weights, emission).ToByteArray();

    /// <summary>Gets the model as a message.</summary>
    internal static ModelProto Model(Network network, IWeights weights, OnnxEmission? emission = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        emission ??= new OnnxEmission();
        if (emission.Logits && network.Logits is null)
        {
            throw new ArgumentException($"{network.Name} is a backbone without a classifier; it has no logits.", nameof(emission));
        }

        return new ModelProto
        {
            IrVersion = 7,
            ProducerName = "InceptionMl",
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 13 } },
            Graph = new GraphEmitter(network, weights, emission).Emit(),
        };
    }
}

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
