namespace InceptionMl.Training.Checks;

/// <summary>What the pixels of an image are like, by figures that need no network.</summary>
/// <param name="Brightest">The brightness that 99 % of the pixels do not exceed, from 0 to 1.</param>
/// <param name="Darkest">The brightness that 5 % of the pixels do not exceed.</param>
/// <param name="IsGray">Whether the image has no color.</param>
/// <param name="IsConstant">Whether all pixels are alike.</param>
/// <param name="Softness">The energy of second differences over two pixels in units of that over one, where it is highest at 256, 128 and 64 pixels.</param>
/// <param name="Detail">The longer side, in pixels, of a smaller image that would show as much; null where none would.</param>
internal readonly record struct PixelStatistics(double Brightest, double Darkest, bool IsGray, bool IsConstant, double Softness, int? Detail)
{
    // Traces of chroma that encoders leave, and how many pixels may have more.
    private const int GraySpread = 3;
    private const double MostColored = 0.01;
    private const double ConstantDeviation = 0.5;

    private const int Looks = 3;

    // Photographs have about 3.5 and seldom 6; what was enlarged twice and a half or more has 6.5 and more; 16 is the limit for what changes slowly.
    private const double Soft = 6.5;

    /// <summary>Looks at the pixels of an image.</summary>
    /// <param name="rgb">Interleaved RGB.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    public static PixelStatistics Compute(ReadOnlySpan<byte> rgb, int width, int height)
    {
        int pixels = width * height;
        int[] brightness = new int[256];
        float[] gray = new float[pixels];
        Span<double> sums = stackalloc double[3];
        Span<double> squares = stackalloc double[3];
        int colored = 0;
        for (int i = 0; i < pixels; i++)
        {
            (byte red, byte green, byte blue) = (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]);

            // The perceived brightness that cleanvision's thresholds are of.
            brightness[(int)Math.Sqrt((0.241 * red * red) + (0.691 * green * green) + (0.068 * blue * blue))]++;
            gray[i] = (0.299f * red) + (0.587f * green) + (0.114f * blue);
            colored += Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) > GraySpread ? 1 : 0;
            for (int channel = 0; channel < 3; channel++)
            {
                double value = rgb[(3 * i) + channel];
                sums[channel] += value;
                squares[channel] += value * value;
            }
        }

        double deviation = 0;
        for (int channel = 0; channel < 3; channel++)
        {
            double mean = sums[channel] / pixels;
            deviation = Math.Max(deviation, Math.Sqrt(Math.Max(0, (squares[channel] / pixels) - (mean * mean))));
        }

        bool isConstant = deviation < ConstantDeviation;
        (double softness, int? detail) = isConstant ? (0, null) : Sharpness(new GrayImage(gray, width, height));
        return new PixelStatistics(
            Percentile(brightness, pixels, 0.99),
            Percentile(brightness, pixels, 0.05),
            colored <= MostColored * pixels,
            isConstant,
            softness,
            detail);
    }

    private static double Percentile(int[] histogram, int pixels, double share)
    {
        long wanted = (long)Math.Ceiling(share * pixels);
        long seen = 0;
        for (int value = 0; value < histogram.Length; value++)
        {
            seen += histogram[value];
            if (seen >= wanted)
            {
                return value / 255.0;
            }
        }

        return 1;
    }

    // Compression leaves fine traces of its own, so a coarser look may tell what the finest does not.
    private static (double Softness, int? Detail) Sharpness(GrayImage whole)
    {
        (double softness, int? detail) = (0, null);
        GrayImage? image = whole;
        for (int halved = 0; halved < Looks && image is not null; halved++)
        {
            double here = image.Softness();
            softness = Math.Max(softness, here);
            detail = here > Soft ? Math.Max(image.Width, image.Height) / 2 : detail;
            image = image.Halve();
        }

        return (softness, detail);
    }
}

/// <summary>Gray pixels, row by row.</summary>
internal sealed record GrayImage(float[] Pixels, int Width, int Height)
{
    private const int Least = 32;

    /// <summary>Gets the energy of second differences over two pixels in units of that over one.</summary>
    public double Softness()
    {
        (double fine, double coarse) = (0, 0);
        for (int y = 2; y < Height - 2; y++)
        {
            for (int x = 2; x < Width - 2; x++)
            {
                int at = (y * Width) + x;
                float twice = 2 * Pixels[at];
                Add(ref fine, Pixels[at - 1] - twice + Pixels[at + 1]);
                Add(ref fine, Pixels[at - Width] - twice + Pixels[at + Width]);
                Add(ref coarse, Pixels[at - 2] - twice + Pixels[at + 2]);
                Add(ref coarse, Pixels[at - (2 * Width)] - twice + Pixels[at + (2 * Width)]);
            }
        }

        return fine > 0 ? coarse / fine : 0;
    }

    /// <summary>Gets the image at half its size; null where that would be too small.</summary>
    public GrayImage? Halve()
    {
        (int width, int height) = (Width / 2, Height / 2);
        if (width < Least || height < Least)
        {
            return null;
        }

        float[] half = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = (2 * y * Width) + (2 * x);
                half[(y * width) + x] = (Pixels[at] + Pixels[at + 1] + Pixels[at + Width] + Pixels[at + Width + 1]) / 4;
            }
        }

        return new GrayImage(half, width, height);
    }

    private static void Add(ref double sum, float difference) => sum += difference * difference;
}
