using System.Text.Json.Serialization;
using InceptionMl.Backbones.Store;
using InceptionMl.Models;

namespace InceptionMl.Cli.Backbones;

/// <summary>A stored backbone for programs: <c>backbones show --json</c>.</summary>
internal record BackboneOutput
{
    private readonly BackboneCard card;
    private readonly StoredBackbone stored;

    public BackboneOutput(StoredBackbone stored)
    {
        this.stored = stored;
        card = stored.Card!;
        Input = new BackboneInputOutput(
            card.Input.Width, card.Input.Height, card.Input.Channels, card.Input.Offset, card.Input.Scale, card.Input.Resize?.CropFraction ?? 1);
    }

    [JsonPropertyOrder(-2)]
    public string Name => card.Name;

    [JsonPropertyOrder(-2)]
    public string? Version => card.Version;

    [JsonPropertyOrder(-2)]
    public string? Network => card.Network;

    [JsonPropertyOrder(-2)]
    public string? Sha256 => card.Sha256;

    [JsonPropertyOrder(-2)]
    public long Bytes => stored.Bytes;

    [JsonPropertyOrder(-2)]
    public BackboneInputOutput Input { get; }

    [JsonPropertyOrder(-2)]
    public int Features => card.Outputs.Features.Width;

    [JsonPropertyOrder(-2)]
    public int? FeatureMapChannels => card.Outputs.FeatureMap?.Channels;

    [JsonPropertyOrder(-2)]
    public int? Classes => card.Outputs.Logits?.Classes;

    [JsonPropertyOrder(-2)]
    public string? License => card.License;

    [JsonPropertyOrder(-2)]
    public string? Provenance => card.Provenance;

    [JsonPropertyOrder(-2)]
    public string Onnx => stored.OnnxPath;
}

internal sealed record BackboneInputOutput(int Width, int Height, string Channels, IReadOnlyList<double> Offset, IReadOnlyList<double> Scale, double CropFraction);
