using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InceptionMl.Images;

/// <summary>Splits interleaved RGB bytes into three planes of floats.</summary>
internal static class RgbPlanes
{
    private const int PixelsAtOnce = 16;

    public static void Split(ReadOnlySpan<byte> rgb, Span<float> planar)
    {
        int pixels = rgb.Length / 3;
        ref byte from = ref MemoryMarshal.GetReference(rgb);
        ref float to = ref MemoryMarshal.GetReference(planar);
        int i = 0;
        for (; i <= pixels - PixelsAtOnce; i += PixelsAtOnce)
        {
            Vector128<byte> a = Vector128.LoadUnsafe(ref from, (nuint)(3 * i));
            Vector128<byte> b = Vector128.LoadUnsafe(ref from, (nuint)(3 * i) + 16);
            Vector128<byte> c = Vector128.LoadUnsafe(ref from, (nuint)(3 * i) + 32);
            Store(Red(a, b, c), ref to, (nuint)i);
            Store(Green(a, b, c), ref to, (nuint)(pixels + i));
            Store(Blue(a, b, c), ref to, (nuint)((2 * pixels) + i));
        }

        for (; i < pixels; i++)
        {
            planar[i] = rgb[3 * i];
            planar[pixels + i] = rgb[(3 * i) + 1];
            planar[(2 * pixels) + i] = rgb[(3 * i) + 2];
        }
    }

    // 255 selects nothing: each of the three loads fills its own places, and the places are joined.
    private static Vector128<byte> Red(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.Shuffle(a, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 4, 7, 10, 13));

    private static Vector128<byte> Green(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.Shuffle(a, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2, 5, 8, 11, 14));

    private static Vector128<byte> Blue(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.Shuffle(a, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(b, Vector128.Create((byte)255, 255, 255, 255, 255, 1, 4, 7, 10, 13, 255, 255, 255, 255, 255, 255))
        | Vector128.Shuffle(c, Vector128.Create((byte)255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 3, 6, 9, 12, 15));

    private static void Store(Vector128<byte> plane, ref float to, nuint at)
    {
        (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(plane);
        StoreHalf(low, ref to, at);
        StoreHalf(high, ref to, at + 8);
    }

    private static void StoreHalf(Vector128<ushort> values, ref float to, nuint at)
    {
        Vector128.ConvertToSingle(Vector128.WidenLower(values).AsInt32()).StoreUnsafe(ref to, at);
        Vector128.ConvertToSingle(Vector128.WidenUpper(values).AsInt32()).StoreUnsafe(ref to, at + 4);
    }
}

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
