using System.Collections.Frozen;
using System.Collections.Immutable;

namespace InceptionMl.Networks.Graph;

/// <summary>
/// A convolutional network as data: its layers in an order in which each follows its inputs. It never changes, holds no
/// weights and runs nothing; counting, drawing, emission and binding of weights all read it.
/// </summary>
public sealed class Network
{
    private readonly FrozenDictionary<string, Layer> byName;
    private readonly FrozenDictionary<string, ImmutableArray<Layer>> consumers;

    internal Network(string name, TensorShape image, ImmutableArray<Layer> layers, string features, string? logits)
    {
        Name = name;
        Image = image;
        Layers = layers;
        byName = layers.ToFrozenDictionary(layer => layer.Name);
        consumers = layers
            .SelectMany(layer => layer.Inputs.Distinct(), (layer, input) => (layer, input))
            .GroupBy(edge => edge.input, edge => edge.layer)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray());
        Features = this[features];
        FeatureMap = this[Features.Inputs[0]];
        Logits = logits is null ? null : this[logits];
    }

    /// <summary>Gets the network's name: <c>inception-v3</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the image size it was published for, and its channels. Other sizes work too; see <see cref="At"/>.</summary>
    public TensorShape Image { get; }

    /// <summary>Gets all layers, the image first, each after its inputs.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>Gets the layer whose output is the feature map: the input of <see cref="Features"/>.</summary>
    public Layer FeatureMap { get; }

    /// <summary>Gets the layer that averages the feature map over all positions to one feature vector.</summary>
    public Layer Features { get; }

    /// <summary>Gets the classifier over the features; null if the network is a backbone alone.</summary>
    public Layer? Logits { get; }

    /// <summary>Gets all parameters of all layers, in the order of the layers.</summary>
    public IEnumerable<Parameter> Parameters => Layers.SelectMany(layer => layer.Parameters);

    /// <summary>Gets the layer of this name.</summary>
    /// <param name="name">A layer's full name.</param>
    /// <exception cref="KeyNotFoundException">The network has no such layer.</exception>
    public Layer this[string name] => byName.TryGetValue(name, out Layer? layer)
        ? layer
        : throw new KeyNotFoundException($"{Name} has no layer '{name}'.");

    /// <summary>Gets the layers that take an input from this one, in the network's order.</summary>
    /// <param name="layer">A layer of this network.</param>
    public ImmutableArray<Layer> Consumers(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return consumers.TryGetValue(layer.Name, out ImmutableArray<Layer> found) ? found : [];
    }

    /// <summary>Shapes, parameters and multiply-adds for images of the published size.</summary>
    public NetworkSummary Summarize() => At(Image.Size!.Value);

    /// <summary>Shapes, parameters and multiply-adds for images of another size.</summary>
    /// <param name="image">Rows and columns of the image.</param>
    /// <exception cref="ShapeException">The image is too small for a layer, which the message names.</exception>
    public NetworkSummary At(Extent image)
    {
        Dictionary<string, TensorShape> shapes = new(Layers.Length);
        foreach (Layer layer in Layers)
        {
            shapes[layer.Name] = layer.Operation is ImageInput
                ? TensorShape.Map(image, Image.Channels)
                : ShapeInference.Infer(Name, layer.Name, layer.Operation, [.. layer.Inputs.Select(input => shapes[input])]);
        }

        return new NetworkSummary(this, image, shapes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Layers.Length} layers";
}
