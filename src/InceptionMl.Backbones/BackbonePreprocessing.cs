using InceptionMl.Models;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Backbones;

/// <summary>How to feed an ONNX file that has no card: all four are demanded, none is guessed.</summary>
/// <param name="Width">Input width, in pixels.</param>
/// <param name="Height">Input height, in pixels.</param>
/// <param name="Offset">Subtracted from each channel's 0..255 value; three numbers.</param>
/// <param name="Scale">Multiplied after the offset; three numbers.</param>
/// <param name="Channels"><c>RGB</c> or <c>BGR</c>.</param>
public sealed record BackbonePreprocessing(int Width, int Height, IReadOnlyList<double> Offset, IReadOnlyList<double> Scale, string Channels)
{
    /// <summary>Gets the share of the fitted image's side that the network sees, from 0.5 to 1.</summary>
    /// <value>The default is 1: the whole image.</value>
    public double CropFraction { get; init; } = 1;

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
