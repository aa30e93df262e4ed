using System.Collections.Immutable;

namespace InceptionMl.Networks.Graph;

/// <summary>
/// A branch that begins by reducing its channels: a 1 x 1 convolution with fewer filters than input channels, followed by
/// nothing but larger convolutions (Szegedy et al. 2014, "Going deeper with convolutions", figure 2b).
/// </summary>
/// <param name="Reduction">The 1 x 1 convolution.</param>
/// <param name="Convolutions">The branch's other convolutions, up to where it joins its neighbors.</param>
/// <param name="MultiplyAdds">What the branch costs as it is: reduction and convolutions.</param>
/// <param name="WithoutReduction">
/// What it would cost if the convolutions after the reduction saw all of its input channels themselves.
/// </param>
public sealed record Bottleneck(Layer Reduction, ImmutableArray<Layer> Convolutions, long MultiplyAdds, long WithoutReduction)
{
    /// <summary>Gets the block it stands in.</summary>
    public string Block => Reduction.Block;

    /// <summary>Gets how many times cheaper the reduction makes the branch.</summary>
    public double Saving => (double)WithoutReduction / MultiplyAdds;

    internal static ImmutableArray<Bottleneck> FindAll(NetworkSummary summary) =>
        [.. summary.Layers.Select(layer => Find(summary, layer)).OfType<Bottleneck>()];

    private static Bottleneck? Find(NetworkSummary summary, LayerSummary candidate)
    {
        Network network = summary.Network;
        if (candidate.Layer.Operation is not Convolution { Window.Kernel.Area: 1 } reduction)
        {
            return null;
        }

        int channels = summary[candidate.Layer.Inputs[0]].Output.Channels;
        ImmutableArray<Layer> widened = Followers(network, candidate.Layer);
        if (reduction.Filters >= channels || widened.IsEmpty || !widened.All(IsLarge))
        {
            return null;
        }

        ImmutableArray<Layer> convolutions = [.. Branch(network, candidate.Layer).Where(layer => layer.Operation is Convolution)];
        long after = convolutions.Sum(layer => summary[layer.Name].MultiplyAdds);
        long reduced = widened.Sum(layer => summary[layer.Name].MultiplyAdds);
        return new Bottleneck(
            candidate.Layer,
            convolutions,
            candidate.MultiplyAdds + after,
            after - reduced + (reduced / reduction.Filters * channels));
    }

    private static bool IsLarge(Layer layer) => layer.Operation is Convolution { Window.Kernel.Area: > 1 };

    // What takes the reduction's output, once normalization and ReLU are looked through.
    private static ImmutableArray<Layer> Followers(Network network, Layer layer) =>
        [.. network.Consumers(layer).SelectMany(next => next.Operation is BatchNormalization or Relu ? Followers(network, next) : [next])];

    // The layers that depend on nothing but the reduction: the branch ends where another one joins it.
    private static ImmutableArray<Layer> Branch(Network network, Layer reduction)
    {
        HashSet<string> within = [reduction.Name];
        return [.. network.Layers.Where(layer =>
            layer.Block == reduction.Block && !layer.Inputs.IsEmpty && layer.Inputs.All(within.Contains) && within.Add(layer.Name))];
    }
}
