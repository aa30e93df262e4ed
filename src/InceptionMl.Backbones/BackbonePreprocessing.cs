using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using InceptionMl.Internal;
using InceptionMl.Models;
using InceptionMl.Models.Internal;
using Microsoft.ML.OnnxRuntime;

namespace InceptionMl.Backbones;

/// <summary>How to feed an ONNX file that has no card: all four are demanded, none is guessed.</summary>
/// <param name="Width">Input width, in pixels.</param>
/// <param name="Height">Input height, in pixels.</param>
/// <param name="Offset">Subtracted from each channel's 0..255 value; three numbers.</param>
/// <param name="Scale">Multiplied after the offset; three numbers.</param>
/// <param name="Channels"><c>RGB</c> or <c>BGR</c>.</param>
public sealed record BackbonePreprocessing(
    [property: Description("Input width in pixels."), Range(8, BackboneCard.MaxSide), DefaultValue(299)]
    [property: Required(ErrorMessage = BackbonePreprocessing.AllAreNeeded)]
    int Width,
    [property: Description("Input height in pixels."), Range(8, BackboneCard.MaxSide), DefaultValue(299)]
    [property: Required(ErrorMessage = BackbonePreprocessing.AllAreNeeded)]
    int Height,
    [property: Description("Subtracted from each channel's 0..255 value."), Length(3, 3), Range(-1e6, 1e6), DefaultValue(new double[] { 127.5, 127.5, 127.5 })]
    [property: Required(ErrorMessage = BackbonePreprocessing.AllAreNeeded)]
    IReadOnlyList<double> Offset,
    [property: Description("Multiplied after the offset."), Length(3, 3), Range(-1e6, 1e6), DefaultValue(new double[] { 0.00784313725490196, 0.00784313725490196, 0.00784313725490196 })]
    [property: Required(ErrorMessage = BackbonePreprocessing.AllAreNeeded)]
    IReadOnlyList<double> Scale,
    [property: Description("The order of the channels."), AllowedValues("RGB", "BGR"), DefaultValue("RGB")]
    [property: Required(ErrorMessage = BackbonePreprocessing.AllAreNeeded)]
    string Channels)
{
    private const string AllAreNeeded = "an ONNX file without a card needs width, height, offset, scale and channels";

    /// <summary>Gets the share of the fitted image's side that the network sees, from 0.5 to 1.</summary>
    /// <value>The default is 1: the whole image.</value>
    [Description("The share of the fitted image's side that the network sees, as of a center crop.")]
    [Range(0.5, 1.0)]
    [DefaultValue(1)]
    public double CropFraction { get; init; } = 1;

    /// <summary>Whether both say the same, number by number.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(BackbonePreprocessing? other) => other is not null
        && (Width, Height, Channels, CropFraction) == (other.Width, other.Height, other.Channels, other.CropFraction)
        && Offset.SequenceEqual(other.Offset) && Scale.SequenceEqual(other.Scale);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Height, Channels, CropFraction);

    internal BackboneInput Input(string tensor) => new()
    {
        Tensor = tensor,
        Width = Width,
        Height = Height,
        Channels = Channels,
        Offset = Offset,
        Scale = Scale,
        Resize = CropFraction == 1 ? null : new BackboneResize { CropFraction = CropFraction },
    };

    internal BackboneCard ToCard(string name, string sha256, OnnxOutputs outputs)
    {
        BackboneCard card = new()
        {
            Name = name,
            Sha256 = sha256,
            Input = Input(outputs.InputTensor),
            Outputs = new BackboneOutputs
            {
                Features = new BackboneFeatures { Tensor = "features", Width = outputs.FeatureWidth },
                FeatureMap = outputs.FeatureMapChannels is int channels
                    ? new BackboneFeatureMap { Tensor = "feature_map", Channels = channels }
                    : null,
            },
        };
        card.Validate();
        return card;
    }
}

/// <summary>What an ONNX file without a card says of itself: its one input and the width of its <c>features</c>.</summary>
internal sealed record OnnxOutputs(string InputTensor, int FeatureWidth, int? FeatureMapChannels)
{
    /// <exception cref="BackboneException">ONNX Runtime refuses the file, or it has no usable <c>features</c> output.</exception>
    public static OnnxOutputs Read(byte[] onnx, Subject subject)
    {
        OnnxRuntimeTelemetry.Disable();
        try
        {
            using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using InferenceSession session = new(onnx, options);
            if (session.InputMetadata.Count != 1
                || !session.OutputMetadata.TryGetValue("features", out NodeMetadata? features)
                || features.Dimensions.Length < 2 || features.Dimensions[1] <= 0)
            {
                throw BackboneException.Create(subject, "has not one input and an output 'features' of known width: write a card that names its tensors");
            }

            int? channels = session.OutputMetadata.TryGetValue("feature_map", out NodeMetadata? map) && map.Dimensions is [_, > 0, _, _]
                ? map.Dimensions[1]
                : null;
            return new OnnxOutputs(session.InputMetadata.Keys.Single(), features.Dimensions[1], channels);
        }
        catch (OnnxRuntimeException exception)
        {
            throw BackboneException.Create(subject, $"is refused by ONNX Runtime: {OnnxFailure.Reason(exception)}", exception);
        }
    }
}
