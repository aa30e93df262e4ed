using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace InceptionMl.Training;

/// <summary>Numbers that a setting may have.</summary>
internal sealed record NumberRange(double Low, double High, bool LowIncluded = true, bool HighIncluded = true)
{
    /// <summary>The range of an attribute; any whole number without one.</summary>
    public static NumberRange From(RangeAttribute? range) => range is null
        ? new NumberRange(int.MinValue, int.MaxValue)
        : new NumberRange(
            Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture),
            Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture),
            !range.MinimumIsExclusive,
            !range.MaximumIsExclusive);

    public bool Contains(double number) =>
        (LowIncluded ? number >= Low : number > Low) && (HighIncluded ? number <= High : number < High);

    public override string ToString() =>
        $"{(LowIncluded ? "from" : "above")} {Text(Low)} {(HighIncluded ? "to" : "to below")} {Text(High)}";

    private static string Text(double number) => number.ToString("G15", CultureInfo.InvariantCulture);
}
