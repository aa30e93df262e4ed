using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>What a picture shows as one box: a layer with the normalization and ReLU that follow it.</summary>
/// <param name="Layer">The layer that gives the box its name.</param>
/// <param name="Inputs">The names of the units it takes its inputs from.</param>
/// <param name="Output">Its output's shape.</param>
internal sealed record NetworkUnit(Layer Layer, ImmutableArray<string> Inputs, TensorShape Output)
{
    public string Name => Layer.Name;

    /// <summary>Gets all units of a network, in its order.</summary>
    public static ImmutableArray<NetworkUnit> All(NetworkSummary summary)
    {
        Dictionary<string, string> unitOf = [];
        List<NetworkUnit> units = [];
        foreach (LayerSummary layer in summary.Layers)
        {
            bool follows = layer.Layer.Operation is BatchNormalization or Relu;
            unitOf[layer.Layer.Name] = follows ? unitOf[layer.Layer.Inputs[0]] : layer.Layer.Name;
            if (!follows)
            {
                units.Add(new NetworkUnit(layer.Layer, [.. layer.Layer.Inputs.Select(input => unitOf[input])], layer.Output));
            }
        }

        return [.. units];
    }

    /// <summary>Gets what the box says: kernel, stride and filters of a convolution.</summary>
    public string Label => Layer.Operation switch
    {
        Convolution convolution => $"{convolution.Window}, {convolution.Filters}",
        MaxPool pool => $"max {pool.Window}",
        AveragePool pool => $"avg {pool.Window}",
        GlobalAveragePool => "mean of all",
        Dense dense => $"dense, {dense.Units}",
        Concatenation => $"concat, {Output.Channels}",
        ScaledAddition { Scale: 1 } => "add",
        ScaledAddition addition => FormattableString.Invariant($"add, x {addition.Scale:0.##}"),
        LocalResponseNormalization => "LRN",
        ImageInput => $"{Output.Channels} channels",
        _ => Layer.Operation.Kind,
    };
}
