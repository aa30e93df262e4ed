namespace InceptionMl.Scoring.Explanations;

/// <summary>
/// Colors for heat, from deep violet through red and orange to pale yellow: lightness rises evenly in OKLab (Ottosson 2020), so
/// that more always looks brighter, in print and to the color-blind too.
/// </summary>
internal static class HeatColors
{
    public const int Count = 256;

    /// <summary>Gets the colors, three bytes each, from no heat to the highest.</summary>
    public static byte[] Ramp()
    {
        byte[] ramp = new byte[3 * Count];
        for (int i = 0; i < Count; i++)
        {
            double heat = (double)i / (Count - 1);
            double lightness = 0.18 + (0.77 * heat);
            double chroma = 0.08 + (0.11 * Math.Sin(Math.PI * heat));
            double hue = (285 + (180 * heat)) * Math.PI / 180;
            Write(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue), ramp.AsSpan(3 * i, 3));
        }

        return ramp;
    }

    private static void Write(double lightness, double a, double b, Span<byte> rgb)
    {
        double l = Cube(lightness + (0.3963377774 * a) + (0.2158037573 * b));
        double m = Cube(lightness - (0.1055613458 * a) - (0.0638541728 * b));
        double s = Cube(lightness - (0.0894841775 * a) - (1.2914855480 * b));
        rgb[0] = Srgb((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s));
        rgb[1] = Srgb((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s));
        rgb[2] = Srgb((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double value) => value * value * value;

    private static byte Srgb(double linear)
    {
        double clamped = Math.Clamp(linear, 0, 1);
        double encoded = clamped <= 0.0031308 ? 12.92 * clamped : (1.055 * Math.Pow(clamped, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(255 * encoded);
    }
}
