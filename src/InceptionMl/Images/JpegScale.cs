namespace InceptionMl.Images;

/// <summary>
/// To which part of its size a JPEG is decoded. The decoder's inverse transform gives 1/8, 1/4 and 1/2 almost for free (the odd
/// eighths are slower and further from the whole); the rest of the way is one area resample. Measured against a whole decode, 1.5
/// leaves half the difference that 1 leaves, for a tenth to a third more time; 2 costs as much again for less.
/// </summary>
internal static class JpegScale
{
    /// <summary>The rule, for the key under which features are cached.</summary>
    public const string CanonicalRule = "1/8 1/4 1/2 1 >= 1.5x";

    /// <summary>Decoded pixels per prepared pixel, along each axis, that must remain.</summary>
    public const double Factor = 1.5;

    private const double Tolerance = 1e-9;

    /// <summary>Gets the eighths of its size to decode to: 1, 2, 4 or 8.</summary>
    /// <param name="x">The upright image's horizontal axis.</param>
    /// <param name="y">The upright image's vertical axis.</param>
    public static int Eighths(ResizeAxis x, ResizeAxis y)
    {
        double step = Math.Min(x.Step, y.Step) / Factor;
        int eighths = 8;
        while (eighths > 1 && step * (eighths / 2) >= 8 - Tolerance)
        {
            eighths /= 2;
        }

        return eighths;
    }
}
