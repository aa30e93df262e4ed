using System.Globalization;
using System.Text;
using InceptionMl.Models;

namespace InceptionMl.Cli.Backbones;

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
