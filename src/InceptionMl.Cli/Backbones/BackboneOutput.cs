using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using InceptionMl.Backbones;
using InceptionMl.Models;

namespace InceptionMl.Cli;

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

/// <summary>A backbone's card in words.</summary>
internal static class BackboneText
{
    public static void Write(TextWriter writer, BackboneCard card)
    {
        writer.WriteLine($"Input {Preparation(card.Input)}.");
        StringBuilder text = new();
        text.Append(FormattableString.Invariant($"{card.Outputs.Features.Width} features"));
        text.Append(card.Outputs.FeatureMap is { } map ? FormattableString.Invariant($", a feature map of {map.Channels} channels") : ", no feature map");
        text.Append(card.Outputs.Logits is { } logits ? FormattableString.Invariant($", a classifier of {logits.Classes} classes.") : ", no classifier.");
        writer.WriteLine(text.ToString());
    }

    /// <summary>How images are prepared, in a few words.</summary>
    public static string Preparation(BackboneInput input) =>
        FormattableString.Invariant($"{input.Width}x{input.Height} {input.Channels}, (value - {Numbers(input.Offset)}) * {Numbers(input.Scale)}")
        + (input.Resize is { CropFraction: < 1 and var fraction } ? FormattableString.Invariant($", the center {fraction:P1} of the picture") : "");

    // One number where the three channels are alike.
    public static string Numbers(IReadOnlyList<double> values)
    {
        string[] texts = [.. values.Select(value => value.ToString("G6", CultureInfo.InvariantCulture))];
        return texts.Distinct().Count() == 1 ? texts[0] : string.Join(", ", texts);
    }
}
