using System.Globalization;

namespace InceptionMl.Training.Pipelines.Json;

/// <summary>Numbers that a setting may have.</summary>
internal sealed record NumberRange(double Low, double High, bool LowIncluded = true, bool HighIncluded = true)
{
    /// <summary>0 to below 1.</summary>
    public static NumberRange Fraction { get; } = new(0, 1, HighIncluded: false);

    /// <summary>0 to 1.</summary>
    public static NumberRange Share { get; } = new(0, 1);

    /// <summary>Above 0, below 1.</summary>
    public static NumberRange Level { get; } = new(0, 1, LowIncluded: false, HighIncluded: false);

    /// <summary>Above 0 up to a bound.</summary>
    public static NumberRange Positive(double high) => new(0, high, LowIncluded: false);

    public bool Contains(double number) =>
        (LowIncluded ? number >= Low : number > Low) && (HighIncluded ? number <= High : number < High);

    public override string ToString() =>
        $"{(LowIncluded ? "from" : "above")} {Text(Low)} {(HighIncluded ? "to" : "to below")} {Text(High)}";

    private static string Text(double number) => number.ToString("G15", CultureInfo.InvariantCulture);
}
