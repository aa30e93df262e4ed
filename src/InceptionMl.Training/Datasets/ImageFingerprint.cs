using System.Buffers.Binary;
using System.Numerics.Tensors;
using InceptionMl.Images.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// What an image looks like, whatever its size, compression and brightness: perceptual hashes of six windows and their mirror images, and a
/// thumbnail. A hash has a bit for each of the 8 x 8 lowest frequencies of the cosine transform of 32 x 32 pixels: whether it is above
/// the median of all but the constant. All sums are of whole numbers, so that every machine gives the same bits.
/// </summary>
internal sealed class ImageFingerprint
{
    /// <summary>The windows with a hash: the whole image, nine tenths of it in the center and in each corner, and the mirror image of each.</summary>
    public const int Windows = 2 * HalfOfWindows;

    /// <summary>The bytes of a stored fingerprint.</summary>
    public const int Bytes = (Windows * sizeof(ulong)) + GrayThumbnail.Bytes;

    /// <summary>All that decides a fingerprint besides the file and its decoder: part of the key under which it is cached.</summary>
    public static string CanonicalRule => $"near copies v1; {GrayThumbnail.CanonicalRule}";

    private const int HalfOfWindows = 6;
    private const int Hashed = 32;
    private const int Kept = 8;
    private const int NineTenths = GrayThumbnail.Side * 9 / 10;
    private const int Rest = GrayThumbnail.Side - NineTenths;

    // The thumbnail as it is, and at about 95 and 90 %.
    private static readonly int[] Sides = [GrayThumbnail.Side, GrayThumbnail.Side * 19 / 20, NineTenths];

    // In levels of 0 to 255. Below it the noise of compression is what there is to see.
    private const double LeastDeviation = 1;

    private static readonly (int X, int Y, int Side)[] Places =
        [(0, 0, GrayThumbnail.Side), (Rest / 2, Rest / 2, NineTenths), (0, 0, NineTenths), (Rest, 0, NineTenths), (0, Rest, NineTenths), (Rest, Rest, NineTenths)];

    private static readonly double[][] Cosines = [.. Enumerable.Range(0, Kept).Select(CosinesOf)];

    private readonly byte[] gray;
    private readonly ulong[] hashes;

    private ImageFingerprint(byte[] gray, ulong[] hashes) => (this.gray, this.hashes) = (gray, hashes);

    /// <summary>Gets the hash of each window; the whole image's is the first.</summary>
    public ReadOnlySpan<ulong> Hashes => hashes;

    /// <summary>Gets a value that indicates whether the image is of one shade, so that it looks like every other such image.</summary>
    public bool IsPlain
    {
        get
        {
            long sum = 0, squares = 0;
            foreach (byte value in gray)
            {
                sum += value;
                squares += value * value;
            }

            return (squares * gray.Length) - (sum * sum) < LeastDeviation * LeastDeviation * gray.Length * gray.Length;
        }
    }

    /// <summary>Computes the fingerprint of a <see cref="GrayThumbnail"/>.</summary>
    public static ImageFingerprint FromThumbnail(ReadOnlySpan<byte> gray)
    {
        ulong[] hashes = new ulong[Windows];
        Span<double> pixels = stackalloc double[Hashed * Hashed];
        Span<double> frequencies = stackalloc double[Kept * Kept];
        for (int window = 0; window < HalfOfWindows; window++)
        {
            Shrink(gray, Places[window], Hashed, pixels);
            Transform(pixels, frequencies);
            hashes[window] = Hash(frequencies);

            // In a mirror image the odd frequencies from left to right have the other sign.
            for (int i = 1; i < frequencies.Length; i += 2)
            {
                frequencies[i] = -frequencies[i];
            }

            hashes[HalfOfWindows + window] = Hash(frequencies);
        }

        return new ImageFingerprint(gray.ToArray(), hashes);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static ImageFingerprint FromBytes(ReadOnlySpan<byte> bytes)
    {
        ulong[] hashes = new ulong[Windows];
        for (int i = 0; i < Windows; i++)
        {
            hashes[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        }

        return new ImageFingerprint(bytes[(Windows * sizeof(ulong))..].ToArray(), hashes);
    }

    /// <summary>Gets the fingerprint as <see cref="Bytes"/> bytes.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[Bytes];
        for (int i = 0; i < Windows; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), hashes[i]);
        }

        gray.CopyTo(bytes, Windows * sizeof(ulong));
        return bytes;
    }

    /// <summary>Gets the normalized cross-correlation of this whole image and a window of another, -1 to 1; 0 where one has a single shade.</summary>
    /// <param name="other">The other image.</param>
    /// <param name="window">From 0 to <see cref="Windows"/> - 1.</param>
    public double Correlation(ImageFingerprint other, int window)
    {
        Span<double> own = stackalloc double[Hashed * Hashed];
        Span<double> theirs = stackalloc double[Hashed * Hashed];
        Shrink(gray, Places[0], Hashed, own);
        Shrink(other.gray, Places[window % HalfOfWindows], Hashed, theirs);
        for (int row = 0; IsMirrored(window) && row < Hashed; row++)
        {
            theirs.Slice(row * Hashed, Hashed).Reverse();
        }

        return Correlate(own, Sums(own), theirs);
    }

    /// <summary>Determines whether a window is of the mirror image.</summary>
    /// <param name="window">From 0 to <see cref="Windows"/> - 1.</param>
    public static bool IsMirrored(int window) => window >= HalfOfWindows;

    /// <summary>
    /// Gets the highest normalized cross-correlation of this image, at its size or up to a tenth smaller, with any place of another, -1 to 1; 0 where all is of a
    /// single shade.
    /// </summary>
    /// <param name="other">The other image.</param>
    /// <param name="mirrored">Whether the other's mirror image is looked at.</param>
    public double BestMatch(ImageFingerprint other, bool mirrored)
    {
        double[] theirs = [.. Enumerable.Range(0, GrayThumbnail.Bytes).Select(i => (double)other.gray[mirrored ? (i - (i % GrayThumbnail.Side)) + GrayThumbnail.Side - 1 - (i % GrayThumbnail.Side) : i])];
        double best = 0;
        foreach (int side in Sides)
        {
            double[] own = new double[side * side];
            Shrink(gray, Places[0], side, own);
            (double, double) sums = Sums(own);
            double[] window = new double[side * side];
            for (int place = 0; place < (GrayThumbnail.Side - side + 1) * (GrayThumbnail.Side - side + 1); place++)
            {
                (int top, int left) = (place / (GrayThumbnail.Side - side + 1), place % (GrayThumbnail.Side - side + 1));
                for (int row = 0; row < side; row++)
                {
                    theirs.AsSpan(((top + row) * GrayThumbnail.Side) + left, side).CopyTo(window.AsSpan(row * side));
                }

                best = Math.Max(best, Correlate(own, sums, window));
            }
        }

        return best;
    }

    private static (double Sum, double Squares) Sums(ReadOnlySpan<double> pixels) =>
        (TensorPrimitives.Sum<double>(pixels), TensorPrimitives.Dot<double>(pixels, pixels));

    private static double Correlate(ReadOnlySpan<double> own, (double Sum, double Squares) sums, ReadOnlySpan<double> theirs)
    {
        (double theirSum, double theirSquares) = Sums(theirs);
        double variance = (own.Length * sums.Squares) - (sums.Sum * sums.Sum);
        double theirVariance = (own.Length * theirSquares) - (theirSum * theirSum);
        double covariance = (own.Length * TensorPrimitives.Dot(own, theirs)) - (sums.Sum * theirSum);
        return variance > 0 && theirVariance > 0 ? covariance / Math.Sqrt(variance * theirVariance) : 0;
    }

    /// <summary>The mean of the pixels under each of so many smaller ones a side, times the same whole number for all.</summary>
    private static void Shrink(ReadOnlySpan<byte> gray, (int X, int Y, int Side) place, int side, Span<double> pixels)
    {
        Span<double> narrow = stackalloc double[side * GrayThumbnail.Side];
        pixels.Clear();
        narrow.Clear();
        for (int y = 0; y < place.Side; y++)
        {
            ReadOnlySpan<byte> row = gray.Slice(((place.Y + y) * GrayThumbnail.Side) + place.X, place.Side);
            Span<double> line = narrow.Slice(y * side, side);
            for (int x = 0; x < row.Length; x++)
            {
                (int first, int share) = Cell(x, place.Side, side);
                line[first] += share * row[x];
                if (share < side)
                {
                    line[first + 1] += (side - share) * row[x];
                }
            }
        }

        for (int y = 0; y < place.Side; y++)
        {
            ReadOnlySpan<double> line = narrow.Slice(y * side, side);
            (int first, int share) = Cell(y, place.Side, side);
            Span<double> above = pixels.Slice(first * side, side);
            TensorPrimitives.MultiplyAdd(line, share, above, above);
            if (share < side)
            {
                Span<double> below = pixels.Slice((first + 1) * side, side);
                TensorPrimitives.MultiplyAdd(line, side - share, below, below);
            }
        }
    }

    // The cell that a pixel begins in, and how many of its shares, as many as there are cells, lie in it; the others lie in the next.
    private static (int First, int Share) Cell(int pixel, int pixels, int cells)
    {
        int first = pixel * cells / pixels;
        return (first, Math.Min(cells, ((first + 1) * pixels) - (pixel * cells)));
    }

    private static void Transform(ReadOnlySpan<double> pixels, Span<double> frequencies)
    {
        Span<double> across = stackalloc double[Hashed];
        for (int u = 0; u < Kept; u++)
        {
            for (int row = 0; row < Hashed; row++)
            {
                across[row] = TensorPrimitives.Dot(pixels.Slice(row * Hashed, Hashed), Cosines[u]);
            }

            for (int v = 0; v < Kept; v++)
            {
                frequencies[(v * Kept) + u] = TensorPrimitives.Dot<double>(across, Cosines[v]);
            }
        }
    }

    private static ulong Hash(ReadOnlySpan<double> frequencies)
    {
        Span<double> sorted = stackalloc double[frequencies.Length - 1];
        frequencies[1..].CopyTo(sorted);
        sorted.Sort();
        double median = sorted[sorted.Length / 2];
        ulong hash = 0;
        for (int i = 0; i < frequencies.Length; i++)
        {
            hash |= frequencies[i] > median ? 1UL << i : 0;
        }

        return hash;
    }

    // Whole numbers: all sums of products with them stay below 2^53, so that no order of adding rounds.
    private static double[] CosinesOf(int frequency)
    {
        const double Scale = 2048;
        double norm = frequency == 0 ? Math.Sqrt(0.5) : 1;
        return [.. Enumerable.Range(0, Hashed).Select(x => Math.Round(Scale * norm * Math.Cos(Math.PI * ((2 * x) + 1) * frequency / (2 * Hashed))))];
    }
}
