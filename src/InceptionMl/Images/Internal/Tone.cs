namespace InceptionMl.Images.Internal;

/// <summary>A change of 8-bit values: away from mid-gray or towards it by <see cref="Contrast"/>, then times <see cref="Brightness"/>.</summary>
/// <param name="Contrast">Above 0; 1 changes nothing.</param>
/// <param name="Brightness">Above 0; 1 changes nothing.</param>
public readonly record struct Tone(double Contrast, double Brightness)
{
    private const double MidGray = 127.5;

    /// <summary>Gets a tone that leaves every value as it is.</summary>
    public static Tone Unchanged => new(1, 1);

    /// <summary>Tones a prepared image, and not what was padded around it.</summary>
    /// <param name="rgb">Prepared pixels, three bytes each.</param>
    /// <param name="x">How the image lies across them.</param>
    /// <param name="y">How the image lies down them.</param>
    internal void Apply(Span<byte> rgb, ResizeAxis x, ResizeAxis y)
    {
        if (this == Unchanged)
        {
            return;
        }

        Span<byte> toned = stackalloc byte[256];
        for (int value = 0; value < toned.Length; value++)
        {
            double changed = (MidGray + ((value - MidGray) * Contrast)) * Brightness;
            toned[value] = (byte)(Math.Clamp(changed, 0, 255) + 0.5);
        }

        (int left, int right) = x.Covered;
        (int top, int bottom) = y.Covered;
        for (int row = top; row < bottom; row++)
        {
            foreach (ref byte value in rgb[(((row * x.Target) + left) * 3)..(((row * x.Target) + right) * 3)])
            {
                value = toned[value];
            }
        }
    }
}
