using System.Text.Json;
using InceptionMl.Cli.Rendering;
using InceptionMl.Networks.Costs;

namespace InceptionMl.Cli.Networks;

/// <summary>A network as one line of JSON; a layer's parameters are a number, and sum to the total.</summary>
internal static class NetworkJson
{
    public static string Write(NetworkSummary summary, bool cost) => JsonLine.Write(writer =>
    {
        writer.WriteString("name", summary.Network.Name);
        writer.Array("input", (int[])[summary.Image.Height, summary.Image.Width, summary.Network.Image.Channels], (w, side) => w.WriteNumberValue(side));
        writer.Object("parameters", w =>
        {
            w.WriteNumber("total", summary.Parameters.Total);
            w.WriteNumber("trainable", summary.Parameters.Trainable);
            w.WriteNumber("nonTrainable", summary.Parameters.NonTrainable);
        });
        writer.WriteNumber("multiplyAdds", summary.MultiplyAdds);
        writer.Array("layers", summary.Layers, WriteLayer);
        if (cost)
        {
            writer.Array("blocks", summary.Blocks, WriteBlock);
            writer.Array("bottlenecks", summary.Bottlenecks(), WriteBottleneck);
        }
    });

    private static void WriteLayer(Utf8JsonWriter writer, LayerSummary layer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", layer.Layer.Name);
        writer.WriteString("kind", layer.Layer.Operation.Kind);
        writer.Array("outputShape", layer.Output.Dimensions, (w, side) => w.WriteNumberValue(side));
        writer.WriteNumber("parameters", layer.Parameters.Total);
        writer.WriteNumber("multiplyAdds", layer.MultiplyAdds);
        writer.Strings("inputs", layer.Layer.Inputs);
        writer.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter writer, BlockSummary block)
    {
        writer.WriteStartObject();
        writer.WriteString("name", block.Name);
        writer.Array("outputShape", block.Output.Dimensions, (w, side) => w.WriteNumberValue(side));
        writer.WriteNumber("parameters", block.Parameters.Total);
        writer.WriteNumber("multiplyAdds", block.MultiplyAdds);
        writer.WriteEndObject();
    }

    private static void WriteBottleneck(Utf8JsonWriter writer, Bottleneck bottleneck)
    {
        writer.WriteStartObject();
        writer.WriteString("block", bottleneck.Block);
        writer.WriteString("reduction", bottleneck.Reduction.Name);
        writer.Strings("convolutions", bottleneck.Convolutions.Select(layer => layer.Name));
        writer.WriteNumber("multiplyAdds", bottleneck.MultiplyAdds);
        writer.WriteNumber("withoutReduction", bottleneck.WithoutReduction);
        writer.WriteEndObject();
    }
}
