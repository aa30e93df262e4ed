using System.Collections.Frozen;
using System.Collections.Immutable;

namespace InceptionMl.Networks.Graph;

/// <summary>A network at one image size: every layer's output shape, parameters and multiply-adds, and their sums.</summary>
public sealed class NetworkSummary
{
    private readonly FrozenDictionary<string, LayerSummary> byName;

    internal NetworkSummary(Network network, Extent image, Dictionary<string, TensorShape> shapes)
    {
        Network = network;
        Image = image;
        Layers = [.. network.Layers.Select(layer => new LayerSummary(
            layer,
            shapes[layer.Name],
            ParameterCounts.Sum(layer.Parameters),
            layer.Operation.MultiplyAdds([.. layer.Inputs.Select(input => shapes[input])], shapes[layer.Name])))];
        byName = Layers.ToFrozenDictionary(layer => layer.Layer.Name);
        Blocks = [.. Layers.GroupBy(layer => layer.Layer.Block, (name, layers) => new BlockSummary(name, [.. layers]))];
        Parameters = ParameterCounts.Sum(network.Parameters);
        MultiplyAdds = Layers.Sum(layer => layer.MultiplyAdds);
    }

    /// <summary>Gets the network.</summary>
    public Network Network { get; }

    /// <summary>Gets the rows and columns of the image.</summary>
    public Extent Image { get; }

    /// <summary>Gets the layers, in the network's order.</summary>
    public ImmutableArray<LayerSummary> Layers { get; }

    /// <summary>Gets the blocks, in the network's order.</summary>
    public ImmutableArray<BlockSummary> Blocks { get; }

    /// <summary>Gets the number of parameters in all.</summary>
    public ParameterCounts Parameters { get; }

    /// <summary>Gets the number of multiply-adds in all for one image.</summary>
    public long MultiplyAdds { get; }

    /// <summary>Gets the layer of this name.</summary>
    /// <param name="name">A layer's full name.</param>
    /// <exception cref="KeyNotFoundException">The network has no such layer.</exception>
    public LayerSummary this[string name] => byName[Network[name].Name];

    /// <summary>Gets every branch that a 1 x 1 convolution makes cheaper, and what it would cost without.</summary>
    public ImmutableArray<Bottleneck> Bottlenecks() => Bottleneck.FindAll(this);
}

/// <summary>One layer at one image size.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Output">Its output's shape.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="MultiplyAdds">Its multiply-adds for one image.</param>
public sealed record LayerSummary(Layer Layer, TensorShape Output, ParameterCounts Parameters, long MultiplyAdds);

/// <summary>The layers that share a block's name, at one image size.</summary>
public sealed class BlockSummary
{
    internal BlockSummary(string name, ImmutableArray<LayerSummary> layers)
    {
        Name = name;
        Layers = layers;
        Parameters = ParameterCounts.Sum(layers.SelectMany(layer => layer.Layer.Parameters));
        MultiplyAdds = layers.Sum(layer => layer.MultiplyAdds);
    }

    /// <summary>Gets the block's name: <c>mixed_5b</c>.</summary>
    public string Name { get; }

    /// <summary>Gets its layers, in the network's order.</summary>
    public ImmutableArray<LayerSummary> Layers { get; }

    /// <summary>Gets the shape of its last layer's output: what the next block gets.</summary>
    public TensorShape Output => Layers[^1].Output;

    /// <summary>Gets the number of parameters of its layers.</summary>
    public ParameterCounts Parameters { get; }

    /// <summary>Gets the number of multiply-adds of its layers for one image.</summary>
    public long MultiplyAdds { get; }
}

/// <summary>
/// Parameters counted as Keras counts them. PyTorch calls the running statistics of batch normalization buffers and leaves them
/// out, so its count is <see cref="Trainable"/>.
/// </summary>
/// <param name="Trainable">Weights, biases, gammas and betas.</param>
/// <param name="NonTrainable">Running means and variances.</param>
public readonly record struct ParameterCounts(long Trainable, long NonTrainable)
{
    /// <summary>Gets all of them.</summary>
    public long Total => Trainable + NonTrainable;

    /// <summary>Counts parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    public static ParameterCounts Sum(IEnumerable<Parameter> parameters)
    {
        ILookup<bool, Parameter> trainable = parameters.ToLookup(parameter => parameter.Trainable);
        return new ParameterCounts(trainable[true].Sum(parameter => parameter.Count), trainable[false].Sum(parameter => parameter.Count));
    }
}
