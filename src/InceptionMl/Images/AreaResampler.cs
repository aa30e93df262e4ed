using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InceptionMl.Images;

/// <summary>
/// Resamples decoded pixels (premultiplied RGBA, 8 bits) over white into interleaved RGB: down the columns first, a whole row
/// segment at a time, then along that row. Products and sums are never fused, so every machine gives the same bits.
/// </summary>
internal static class AreaResampler
{
    private const int Channels = 4;

    /// <summary>Resamples one image.</summary>
    /// <param name="rgba">Decoded rows, each <paramref name="rowPixels"/> pixels.</param>
    /// <param name="rowPixels">Pixels per decoded row.</param>
    /// <param name="rows">Windows over the decoded rows.</param>
    /// <param name="columns">Windows over the decoded columns.</param>
    /// <param name="transposed">Whether decoded rows become prepared columns.</param>
    /// <param name="rgb">Prepared pixels, rows.Count x columns.Count x 3 bytes (the other way round when transposed).</param>
    public static void Resample(
        ReadOnlySpan<byte> rgba, int rowPixels, BoxWindows rows, BoxWindows columns, bool transposed, Span<byte> rgb)
    {
        int segment = columns.End - columns.First;
        float[] rented = ArrayPool<float>.Shared.Rent(segment * Channels);
        Span<float> mean = rented.AsSpan(0, segment * Channels);
        (int rowStride, int columnStride) = transposed ? (3, rows.Count * 3) : (columns.Count * 3, 3);
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<float> weights = rows.Weights(row);
            for (int i = 0; i < weights.Length; i++)
            {
                long at = (((long)(rows.Start(row) + i) * rowPixels) + columns.First) * Channels;
                Accumulate(rgba.Slice((int)at, mean.Length), weights[i], mean, isFirst: i == 0);
            }

            for (int column = 0; column < columns.Count; column++)
            {
                Span<byte> pixel = rgb.Slice((row * rowStride) + (column * columnStride), 3);
                ReadOnlySpan<float> across = columns.Weights(column);
                if (weights.IsEmpty || across.IsEmpty)
                {
                    pixel.Clear();
                    continue;
                }

                Write(Mean(mean[((columns.Start(column) - columns.First) * Channels)..], across), pixel);
            }
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private static void Accumulate(ReadOnlySpan<byte> source, float weight, Span<float> sums, bool isFirst)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(sums);
        Vector256<float> factor = Vector256.Create(weight);
        int i = 0;
        for (; i <= source.Length - 16; i += 16)
        {
            Vector256<ushort> values = Vector256.WidenLower(Vector128.LoadUnsafe(ref from, (nuint)i).ToVector256Unsafe());
            Vector256<float> low = Vector256.ConvertToSingle(Vector256.WidenLower(values).AsInt32()) * factor;
            Vector256<float> high = Vector256.ConvertToSingle(Vector256.WidenUpper(values).AsInt32()) * factor;
            if (!isFirst)
            {
                low += Vector256.LoadUnsafe(ref to, (nuint)i);
                high += Vector256.LoadUnsafe(ref to, (nuint)i + 8);
            }

            low.StoreUnsafe(ref to, (nuint)i);
            high.StoreUnsafe(ref to, (nuint)i + 8);
        }

        for (; i < source.Length; i++)
        {
            float product = source[i] * weight;
            sums[i] = isFirst ? product : sums[i] + product;
        }
    }

    private static Vector128<float> Mean(ReadOnlySpan<float> pixels, ReadOnlySpan<float> weights)
    {
        ref float first = ref MemoryMarshal.GetReference(pixels[..(weights.Length * Channels)]);
        Vector128<float> sum = Vector128<float>.Zero;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += Vector128.LoadUnsafe(ref first, (nuint)(i * Channels)) * weights[i];
        }

        return sum;
    }

    // Premultiplied colors lie on white once the missing cover is added as white.
    private static void Write(Vector128<float> premultiplied, Span<byte> pixel)
    {
        Vector128<float> white = Vector128.Create(255f - premultiplied[3]);
        Vector128<float> rounded = Vector128.Min(premultiplied + white + Vector128.Create(0.5f), Vector128.Create(255f));
        Vector128<int> bytes = Vector128.ConvertToInt32(rounded);
        pixel[2] = (byte)bytes[2];
        pixel[1] = (byte)bytes[1];
        pixel[0] = (byte)bytes[0];
    }
}
