using System.Text.Json;
using System.Text.Json.Serialization;
using InceptionMl.Images;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;

namespace InceptionMl.Models;

/// <summary>
/// What stands beside a backbone's ONNX file, and inside every model made with it: how to feed the network and what comes out.
/// Prepared value = (value in 0..255 - offset) * scale, per channel in the network's own channel order.
/// </summary>
public sealed record BackboneCard
{
    /// <summary>Largest input side accepted, in pixels.</summary>
    public const int MaxSide = 4096;

    private static ReadOnlySpan<byte> ModelCardMark => "inceptionml/image-classifier"u8;

    /// <summary>Widest feature vector accepted.</summary>
    public const int MaxFeatureWidth = 1 << 16;

    /// <summary>Gets the backbone's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the version of its weights.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the network's architecture.</summary>
    public string? Network { get; init; }

    /// <summary>Gets the ONNX file's name, without a folder.</summary>
    public string? File { get; init; }

    /// <summary>Gets the SHA-256 of the ONNX file, in hexadecimal; null if the card does not say.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Gets the network's input.</summary>
    public required BackboneInput Input { get; init; }

    /// <summary>Gets the network's outputs.</summary>
    public required BackboneOutputs Outputs { get; init; }

    /// <summary>Gets the license of the weights.</summary>
    public string? License { get; init; }

    // cspell:ignore licence
    [JsonInclude, JsonPropertyName("licence")]
    internal string? LicenseOfEarlierCards { get => null; init => License ??= value; }

    /// <summary>Gets where the weights come from.</summary>
    public string? Provenance { get; init; }

    /// <summary>
    /// Size of the prepared image, of which the network sees the center: input size / crop fraction, rounded.
    /// </summary>
    /// <param name="mode">How images are fitted; null takes the card's own.</param>
    public ImagePreprocessing Preprocessing(ResizeMode? mode = null)
    {
        double fraction = Input.Resize?.CropFraction ?? 1;
        return new ImagePreprocessing(Side(Input.Width), Side(Input.Height)) { Mode = mode ?? Input.Resize?.Mode ?? ResizeMode.Crop };

        int Side(int seen) => (int)Math.Round(seen / fraction, MidpointRounding.AwayFromZero);
    }

    /// <summary>Reads a card.</summary>
    /// <param name="json">UTF-8 JSON as in the contract.</param>
    /// <exception cref="ModelFormatException">The text is no card, or a value is out of its range.</exception>
    public static BackboneCard Parse(ReadOnlySpan<byte> json) => Parse(json, new Subject("The card"));

    /// <param name="json">UTF-8 JSON as in the contract.</param>
    /// <param name="subject">What a message is about.</param>
    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    internal static BackboneCard Parse(ReadOnlySpan<byte> json, Subject subject)
    {
        BackboneCard? card;
        try
        {
            card = JsonSerializer.Deserialize(json, CardJson.Default.BackboneCard);
        }
        catch (JsonException exception)
        {
            throw subject.Refuse(
                json.IndexOf(ModelCardMark) >= 0
                    ? "is the card of a model, not of a backbone: give the network another name, so that this card is not taken for its own"
                    : $"is no backbone card: {CardJson.Explain(exception)}",
                innerException: exception);
        }

        card?.Validate(subject);
        return card ?? throw subject.Refuse("is no backbone card: it holds null");
    }

    /// <summary>Checks every value's range.</summary>
    /// <exception cref="ModelFormatException">A value is out of its range.</exception>
    public void Validate() => Validate(new Subject("The card"));

    /// <param name="subject">What a message is about.</param>
    /// <inheritdoc cref="Validate()"/>
    internal void Validate(Subject subject)
    {
        Require(!string.IsNullOrWhiteSpace(Name), "name is empty");
        Require(Input is not null && Outputs?.Features is not null, "input or outputs.features is missing");
        Require(!string.IsNullOrEmpty(Input!.Tensor) && !string.IsNullOrEmpty(Outputs!.Features.Tensor), "a tensor's name is empty");
        Require(Input.Width is >= 8 and <= MaxSide && Input.Height is >= 8 and <= MaxSide, $"input.width and input.height must be from 8 to {MaxSide}");
        Require(Input.Offset is { Count: 3 } && Input.Offset.All(double.IsFinite), "input.offset must be three numbers");
        Require(Input.Scale is { Count: 3 } && Input.Scale.All(s => double.IsFinite(s) && s != 0), "input.scale must be three numbers other than 0");
        Require(Input.Channels is "RGB" or "BGR", "input.channels must be RGB or BGR");
        Require(Input.Resize is null or { CropFraction: >= 0.5 and <= 1 }, "input.resize.cropFraction must be from 0.5 to 1");
        Require(Input.Resize?.Filter is null or "area", "input.resize.filter must be area, the only filter there is");
        Require(Outputs!.FeatureMap is null or { Channels: >= 1 and <= MaxFeatureWidth }, $"outputs.featureMap.channels must be from 1 to {MaxFeatureWidth}");
        Require(
            Outputs!.Logits is null or { Tensor.Length: > 0, Classes: >= 2 and <= MaxFeatureWidth, Background: 0 or 1 },
            $"outputs.logits needs a tensor, from 2 to {MaxFeatureWidth} classes and a background of 0 or 1");
        Require(
            Outputs!.Features.Sources is null or { Count: >= 1 and <= BackboneFeatures.MaxSources },
            $"outputs.features.sources must be from 1 to {BackboneFeatures.MaxSources}, or be left out");
        foreach (BackboneFeatureSource? source in Outputs!.Features.Sources ?? [])
        {
            Require(
                source is { Tensor.Length: > 0, Width: >= 1 and <= MaxFeatureWidth, Pooling: FeaturePooling.Mean or FeaturePooling.Max },
                $"each of outputs.features.sources needs a tensor, a width from 1 to {MaxFeatureWidth} and a pooling that is mean or max");
        }

        Require(
            Outputs!.Features.Sources is not { } sources || sources.Sum(source => (long)source.Width) == Outputs!.Features.Width,
            "outputs.features.width is not the sum of its sources' widths");
        Require(Outputs!.Features.Width is >= 1 and <= MaxFeatureWidth, $"outputs.features.width must be from 1 to {MaxFeatureWidth}");

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw subject.Refuse($"is no usable backbone card: {problem}", ModelErrorReason.Damaged);
            }
        }
    }
}

/// <summary>How a backbone is fed.</summary>
public sealed record BackboneInput
{
    /// <summary>Gets the name of the input tensor, float32 [N, 3, Height, Width].</summary>
    public required string Tensor { get; init; }

    /// <summary>Gets the width in pixels, 8 to 4096.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the height in pixels, 8 to 4096.</summary>
    public required int Height { get; init; }

    /// <summary>Gets the order of the channels, <c>RGB</c> (the default) or <c>BGR</c>.</summary>
    public string Channels { get; init; } = "RGB";

    /// <summary>Gets the values that are subtracted from each channel's 0..255 value; three numbers.</summary>
    public required IReadOnlyList<double> Offset { get; init; }

    /// <summary>Gets the factors that are applied after the offset; three numbers.</summary>
    public required IReadOnlyList<double> Scale { get; init; }

    /// <summary>Gets how an image of another size is fitted; null is a center crop of the whole, area-filtered.</summary>
    public BackboneResize? Resize { get; init; }
}
