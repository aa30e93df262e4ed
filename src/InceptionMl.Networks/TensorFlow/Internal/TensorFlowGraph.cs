using InceptionMl.Networks.Graph;
using InceptionMl.Networks.Weights;

namespace InceptionMl.Networks.TensorFlow.Internal;

/// <summary>
/// Reads frozen TensorFlow graphs, a GraphDef (.pb) or a MetaGraphDef with its constants inside (.meta), without TensorFlow.
/// </summary>
public static class TensorFlowGraph
{
    /// <summary>Makes a graph of the Inception family an ONNX backbone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="WeightException">
    /// The file is no frozen graph, or what is asked of it needs something that cannot be converted; the message names the node.
    /// </exception>
    public static ConvertedGraph Convert(string path, TensorFlowConversion? options = null)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert(stream, Path.GetFileName(path), options);
    }

    /// <summary>Makes a graph of the Inception family an ONNX backbone.</summary>
    /// <param name="stream">A stream that knows its length, read from its beginning.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="WeightException">
    /// The stream is no frozen graph, or what is asked of it needs something that cannot be converted; the message names the node.
    /// </exception>
    public static ConvertedGraph Convert(Stream stream, string source, TensorFlowConversion? options = null) =>
        new GraphConverter(GraphDefReader.Read(stream, source), options ?? new TensorFlowConversion()).Convert();

    /// <summary>Reads a graph's weights: every Const of real numbers, by its node's name, in TensorFlow's own layout (kernels HWIO).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WeightException">The file is no frozen graph; the message says what is wrong where.</exception>
    public static TensorStore ReadTensors(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return ReadTensors(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a graph's weights: every Const of real numbers, by its node's name, in TensorFlow's own layout (kernels HWIO).</summary>
    /// <param name="stream">A stream that knows its length, read from its beginning.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <exception cref="WeightException">The stream is no frozen graph; the message says what is wrong where.</exception>
    public static TensorStore ReadTensors(Stream stream, string source) => new(
        source,
        GraphDefReader.Read(stream, source).Nodes
            .Where(node => node.Constant?.Reals is not null)
            .Select(node => KeyValuePair.Create(node.Name, new Tensor(node.Constant!.Shape, node.Constant.Reals!))));
}

/// <summary>How a TensorFlow graph becomes a backbone.</summary>
public sealed record TensorFlowConversion
{
    /// <summary>
    /// Gets the tensor of the pooled features as TensorFlow names it (<c>pool_3</c>, <c>pool_3:0</c>); where it is a map, its mean over
    /// positions is taken. Null for the last average pool, or mean over positions, that leaves one position.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? FeaturesTensor { get; init; }

    /// <summary>Gets a value that indicates whether the logits, the input of the last softmax, become an output too.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Logits { get; init; }

    /// <summary>Gets a value that indicates whether the logits become an output if a softmax follows the features.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool LogitsWherePresent { get; init; }

    /// <summary>Gets the tensor of the logits as TensorFlow names it, which asks for them; null to find them.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? LogitsTensor { get; init; }

    /// <summary>Gets the image's size in pixels; null for what the graph's placeholder or resizing says, which may leave it open.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public Extent? ImageSize { get; init; }
}
