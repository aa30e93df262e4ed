using System.Text.Json;
using InceptionMl.Cli.Rendering;
using InceptionMl.Models;

namespace InceptionMl.Cli.Backbones;

/// <summary>A backbone's card as properties of a JSON object.</summary>
internal static class BackboneJson
{
    public static void Write(Utf8JsonWriter json, BackboneCard card, long bytes)
    {
        json.WriteString("name", card.Name);
        json.WriteString("version", card.Version);
        json.WriteString("network", card.Network);
        json.WriteString("sha256", card.Sha256);
        json.WriteNumber("bytes", bytes);
        json.Object("input", input =>
        {
            input.WriteNumber("width", card.Input.Width);
            input.WriteNumber("height", card.Input.Height);
            input.WriteString("channels", card.Input.Channels);
            input.Array("offset", card.Input.Offset, (writer, value) => writer.WriteNumberValue(value));
            input.Array("scale", card.Input.Scale, (writer, value) => writer.WriteNumberValue(value));
            input.WriteNumber("cropFraction", card.Input.Resize?.CropFraction ?? 1);
        });
        json.WriteNumber("features", card.Outputs.Features.Width);
        json.Number("featureMapChannels", card.Outputs.FeatureMap?.Channels);
        json.Number("classes", card.Outputs.Logits?.Classes);
        json.WriteString("license", card.License);
        json.WriteString("provenance", card.Provenance);
    }
}
