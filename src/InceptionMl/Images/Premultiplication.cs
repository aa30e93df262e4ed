namespace InceptionMl.Images;

/// <summary>Multiplies colors by their alpha, rounded as the decoder rounds.</summary>
internal static class Premultiplication
{
    /// <summary>Premultiplies pixels in place.</summary>
    /// <param name="rgba">Pixels of four bytes, alpha last.</param>
    public static void Apply(Span<byte> rgba)
    {
        for (int at = 0; at < rgba.Length; at += 4)
        {
            Span<byte> pixel = rgba.Slice(at, 4);
            byte alpha = pixel[3];
            if (alpha != byte.MaxValue)
            {
                (pixel[0], pixel[1], pixel[2]) = (Product(pixel[0], alpha), Product(pixel[1], alpha), Product(pixel[2], alpha));
            }
        }
    }

    // value * alpha / 255, to the nearest.
    private static byte Product(byte value, byte alpha)
    {
        int product = (value * alpha) + 128;
        return (byte)((product + (product >> 8)) >> 8);
    }
}
