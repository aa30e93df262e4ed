using System.Text.Json.Serialization;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>A network as one line of JSON; a layer's parameters are a number, and sum to the total.</summary>
internal static class NetworkJson
{
    public static string Write(NetworkSummary summary, bool cost) => JsonLine.Write(new NetworkOutput(
        summary.Network.Name,
        [summary.Image.Height, summary.Image.Width, summary.Network.Image.Channels],
        new ParametersOutput(summary.Parameters.Total, summary.Parameters.Trainable, summary.Parameters.NonTrainable),
        summary.MultiplyAdds,
        summary.Layers.Select(layer => new LayerOutput(
            layer.Layer.Name, layer.Layer.Operation.Kind, layer.Output.Dimensions, layer.Parameters.Total, layer.MultiplyAdds, layer.Layer.Inputs)),
        cost ? summary.Blocks.Select(block => new BlockOutput(block.Name, block.Output.Dimensions, block.Parameters.Total, block.MultiplyAdds)) : null,
        cost
            ? summary.Bottlenecks().Select(bottleneck => new BottleneckOutput(
                bottleneck.Block, bottleneck.Reduction.Name, bottleneck.Convolutions.Select(layer => layer.Name), bottleneck.MultiplyAdds, bottleneck.WithoutReduction))
            : null));
}

/// <summary><c>network --json</c></summary>
internal sealed record NetworkOutput(
    string Name,
    IEnumerable<int> Input,
    ParametersOutput Parameters,
    long MultiplyAdds,
    IEnumerable<LayerOutput> Layers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<BlockOutput>? Blocks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IEnumerable<BottleneckOutput>? Bottlenecks);

internal sealed record ParametersOutput(long Total, long Trainable, long NonTrainable);

internal sealed record LayerOutput(string Name, string Kind, IEnumerable<int> OutputShape, long Parameters, long MultiplyAdds, IEnumerable<string> Inputs);

internal sealed record BlockOutput(string Name, IEnumerable<int> OutputShape, long Parameters, long MultiplyAdds);

internal sealed record BottleneckOutput(string Block, string Reduction, IEnumerable<string> Convolutions, long MultiplyAdds, long WithoutReduction);
