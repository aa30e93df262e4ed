namespace InceptionMl.Images.Internal;

/// <summary>A loss of detail: the picture as if it had been stored smaller, and enlarged again.</summary>
/// <param name="Detail">The share of the prepared width and height that is kept, above 0 to 1; 1 changes nothing.</param>
public readonly record struct Softening(double Detail)
{
    /// <summary>Gets a softening that leaves every value as it is.</summary>
    public static Softening None => new(1);

    /// <summary>Softens a prepared image: the mean of each smaller pixel's area, then a straight line between the middles of those.</summary>
    /// <param name="rgb">Prepared pixels, three bytes each.</param>
    /// <param name="width">Pixels across.</param>
    internal void Apply(Span<byte> rgb, int width)
    {
        if (this == None)
        {
            return;
        }

        int height = rgb.Length / (3 * width);
        int across = Math.Max(1, (int)Math.Round(width * Detail));
        int down = Math.Max(1, (int)Math.Round(height * Detail));
        float[] columns = new float[height * across * 3];
        float[] small = new float[down * across * 3];
        float[] values = new float[rgb.Length];
        for (int i = 0; i < rgb.Length; i++)
        {
            values[i] = rgb[i];
        }

        for (int row = 0; row < height; row++)
        {
            Shrink(values.AsSpan(row * width * 3), 3, width, columns.AsSpan(row * across * 3), 3, across);
        }

        for (int column = 0; column < across; column++)
        {
            Shrink(columns.AsSpan(column * 3), across * 3, height, small.AsSpan(column * 3), across * 3, down);
        }

        for (int column = 0; column < across; column++)
        {
            Enlarge(small.AsSpan(column * 3), across * 3, down, columns.AsSpan(column * 3), across * 3, height);
        }

        for (int row = 0; row < height; row++)
        {
            Enlarge(columns.AsSpan(row * across * 3), 3, across, values.AsSpan(row * width * 3), 3, width);
        }

        for (int i = 0; i < rgb.Length; i++)
        {
            rgb[i] = (byte)Math.Clamp(values[i] + 0.5f, 0, 255);
        }
    }

    private static void Shrink(ReadOnlySpan<float> from, int fromStride, int length, Span<float> to, int toStride, int count)
    {
        double step = (double)length / count;
        for (int i = 0; i < count; i++)
        {
            (double start, double end) = (i * step, (i + 1) * step);
            for (int channel = 0; channel < 3; channel++)
            {
                double sum = 0;
                for (int at = (int)start; at < Math.Min(length, (int)Math.Ceiling(end)); at++)
                {
                    sum += from[(at * fromStride) + channel] * (Math.Min(end, at + 1) - Math.Max(start, at));
                }

                to[(i * toStride) + channel] = (float)(sum / step);
            }
        }
    }

    private static void Enlarge(ReadOnlySpan<float> from, int fromStride, int count, Span<float> to, int toStride, int length)
    {
        double step = (double)count / length;
        for (int i = 0; i < length; i++)
        {
            double place = Math.Clamp(((i + 0.5) * step) - 0.5, 0, count - 1);
            int first = (int)place;
            int second = Math.Min(first + 1, count - 1);
            float share = (float)(place - first);
            for (int channel = 0; channel < 3; channel++)
            {
                to[(i * toStride) + channel] = (from[(first * fromStride) + channel] * (1 - share)) + (from[(second * fromStride) + channel] * share);
            }
        }
    }
}
