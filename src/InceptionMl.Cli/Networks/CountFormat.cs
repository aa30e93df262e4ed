using System.Globalization;

namespace InceptionMl.Cli;

/// <summary>Counts as people read them, in the invariant culture.</summary>
internal static class CountFormat
{
    /// <summary>23,851,784.</summary>
    public static string Grouped(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>5.71 G, 238 M, 4.6 k: three significant digits.</summary>
    public static string Short(long count)
    {
        (double value, string unit) = count switch
        {
            >= 1_000_000_000 => (count / 1e9, " G"),
            >= 1_000_000 => (count / 1e6, " M"),
            >= 1_000 => (count / 1e3, " k"),
            _ => (count, ""),
        };
        string format = count < 1_000 ? "0" : value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00";
        return value.ToString(format, CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>9.7 times.</summary>
    public static string Times(double factor) => factor.ToString("0.0", CultureInfo.InvariantCulture) + " times";

    /// <summary>12.3 %.</summary>
    public static string Percent(long part, long whole) =>
        (whole == 0 ? 0 : 100.0 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
