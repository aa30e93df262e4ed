using System.Collections.Frozen;
using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Costs;

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
