using System.Collections.Immutable;

namespace InceptionMl.Networks.Graph;

/// <summary>
/// Builds a network from the top down. Every step is checked as it is written: a layer that does not fit its input throws on
/// the line that adds it.
/// </summary>
public sealed class NetworkBuilder
{
    private readonly List<Layer> layers = [];
    private readonly HashSet<string> names = [];
    private readonly string network;
    private readonly TensorShape image;

    /// <summary>Starts a network with its image.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="image">The image size it is published for, and its channels.</param>
    /// <param name="unit">What <see cref="LayerOutput.Conv"/> adds: the unit the whole network is made of.</param>
    public NetworkBuilder(string network, TensorShape image, ConvolutionUnit unit)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(network);
        ArgumentNullException.ThrowIfNull(unit);
        if (image.Size is null)
        {
            throw new ShapeException($"{network}: an image has a height and a width; {image} is a vector.");
        }

        this.network = network;
        this.image = image;
        Unit = unit;
        layers.Add(new Layer("image", new ImageInput(image.Channels), [], []));
        names.Add("image");
        Image = new LayerOutput(this, "image", image, scope: "");
    }

    /// <summary>Gets the image: where the first layer starts.</summary>
    public LayerOutput Image { get; }

    internal ConvolutionUnit Unit { get; }

    /// <summary>Ends the network.</summary>
    /// <param name="features">The output of a <see cref="GlobalAveragePool"/>: one feature vector per image.</param>
    /// <param name="logits">The classifier over it, if any.</param>
    /// <exception cref="ArgumentException">The features are not a global average pool, or the logits no vector.</exception>
    public Network Build(LayerOutput features, LayerOutput? logits = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (layers.Find(layer => layer.Name == features.Layer) is not { Operation: GlobalAveragePool })
        {
            throw new ArgumentException($"{network}: the features must be a global average pool; {features.Layer} is none.", nameof(features));
        }

        if (logits is { Shape.Size: not null })
        {
            throw new ArgumentException($"{network}: logits are a vector; {logits.Layer} is {logits.Shape}.", nameof(logits));
        }

        return new Network(network, image, [.. layers], features.Layer, logits?.Layer);
    }

    internal LayerOutput Add(string name, Operation operation, string scope, params ReadOnlySpan<LayerOutput> inputs)
    {
        string layer = scope + name;
        if (string.IsNullOrWhiteSpace(name) || !names.Add(layer))
        {
            throw new ArgumentException($"{network}: a layer named '{layer}' exists already, or the name is empty.", nameof(name));
        }

        ImmutableArray<TensorShape> shapes = [.. inputs.ToArray().Select(input => input.Shape)];
        TensorShape shape = ShapeInference.Infer(network, layer, operation, shapes);
        layers.Add(new Layer(
            layer,
            operation,
            [.. inputs.ToArray().Select(input => input.Layer)],
            [.. operation.Parameters(layer, shapes)]));
        return new LayerOutput(this, layer, shape, scope);
    }
}

/// <summary>What one cell of a paper's table stands for: the layers that follow each convolution throughout a network.</summary>
/// <param name="BatchNormalization">
/// True: convolution without bias, batch normalization, ReLU. False: convolution with bias, ReLU.
/// </param>
/// <param name="Epsilon">Added to the variance before its root is taken.</param>
/// <param name="Gamma">Whether batch normalization scales: torchvision and timm do, Keras' and TF-slim's Inception do not.</param>
public sealed record ConvolutionUnit(bool BatchNormalization, float Epsilon, bool Gamma)
{
    /// <summary>Gets a convolution with bias, ReLU: GoogLeNet as it was published, before batch normalization.</summary>
    public static ConvolutionUnit Biased { get; } = new(false, 0, false);

    /// <summary>Convolution, batch normalization with epsilon 0.001, ReLU.</summary>
    /// <param name="gamma">Whether batch normalization scales.</param>
    public static ConvolutionUnit BatchNormalized(bool gamma) => new(true, 1e-3f, gamma);
}

/// <summary>Asks an operation for its output shape, and says which layer of which network it was where it cannot answer.</summary>
internal static class ShapeInference
{
    public static TensorShape Infer(string network, string layer, Operation operation, IReadOnlyList<TensorShape> inputs)
    {
        try
        {
            return operation.OutputShape(inputs);
        }
        catch (ShapeException exception)
        {
            throw new ShapeException($"{network}, layer {layer}: {exception.Message}", exception) { Reason = exception.Reason };
        }
    }
}
