using System.Globalization;
using InceptionMl.Training.Features;

namespace InceptionMl.Cli.Rendering;

/// <summary>Progress in words.</summary>
internal static class FeatureProgressText
{
    public static string Describe(FeatureProgress value, TimeSpan elapsed)
    {
        string cached = value.Hits > 0 ? FormattableString.Invariant($", {value.Hits} from the cache") : string.Empty;
        string unreadable = value.Unreadable > 0 ? FormattableString.Invariant($", {value.Unreadable} unreadable") : string.Empty;
        string of = value.Total > 0 ? FormattableString.Invariant($" of {value.Total}") : string.Empty;
        string images = value.AugmentedCopies switch
        {
            0 => "images",
            1 => "images in 1 augmented copy",
            _ => FormattableString.Invariant($"images in {value.AugmentedCopies} augmented copies"),
        };
        return FormattableString.Invariant($"{value.Done}{of} {images}, {Rate(value, elapsed):F1} a second{cached}{unreadable}");
    }

    public static string TimeLeft(FeatureProgress value, TimeSpan elapsed) => Rate(value, elapsed) is > 0 and double rate && value.Done < value.Total
        ? ", " + TimeSpan.FromSeconds((value.Total - value.Done) / rate).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) + " left"
        : string.Empty;

    private static double Rate(FeatureProgress value, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? value.Done / elapsed.TotalSeconds : 0;
}
