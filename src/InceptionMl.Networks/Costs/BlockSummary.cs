using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Networks.Costs;

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
