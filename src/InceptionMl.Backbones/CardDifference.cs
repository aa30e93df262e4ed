using System.Globalization;
using InceptionMl.Models;
using InceptionMl.Models.Internal;

namespace InceptionMl.Backbones;

/// <summary>In what two cards of one ONNX file differ that changes what comes out.</summary>
internal static class CardDifference
{
    /// <summary>What the stored card has where the other wants something else, in a few words; null if they say the same.</summary>
    public static string? Between(BackboneCard stored, BackboneCard wanted) =>
        InPreparation(stored.Input, wanted.Input)
        ?? (stored.Outputs == wanted.Outputs ? null : "other outputs");

    /// <summary>Gets the same, of the preparation of images alone.</summary>
    public static string? InPreparation(BackboneInput stored, BackboneInput wanted)
    {
        (string What, string Stored, string Wanted)[] all =
        [
            ("input size", Size(stored), Size(wanted)),
            ("offset", Numbers(stored.Offset), Numbers(wanted.Offset)),
            ("scale", Numbers(stored.Scale), Numbers(wanted.Scale)),
            ("channels", stored.Channels, wanted.Channels),
            ("resize", Fit(stored), Fit(wanted)),
            ("input tensor", stored.Tensor, wanted.Tensor),
        ];
        string[] different = [.. all.Where(part => part.Stored != part.Wanted).Select(part => $"{part.What} {part.Stored} where {part.Wanted} is wanted")];
        return different.Length == 0 ? null : $"other preprocessing ({string.Join("; ", different)})";
    }

    private static string Size(BackboneInput input) => FormattableString.Invariant($"{input.Width}x{input.Height}");

    private static string Numbers(IReadOnlyList<double> values) => string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    // No word about it means the default.
    private static string Fit(BackboneInput input)
    {
        BackboneResize resize = input.Resize ?? new BackboneResize();
        return FormattableString.Invariant($"{resize.Mode} of {resize.CropFraction} by {resize.Filter}");
    }
}
