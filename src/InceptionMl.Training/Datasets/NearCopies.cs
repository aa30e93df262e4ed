using System.Numerics;
using System.Runtime.CompilerServices;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// Finds near-copies: resized, compressed anew, brightened, mirrored or cropped a little. An image is a near-copy of another if the hash of
/// the whole differs from that of a window of the other in at most <see cref="MostBits"/> of 64 bits, and their thumbnails have a
/// normalized cross-correlation of at least 0.95, or 0.98 where more than six bits differ.
/// </summary>
/// <remarks>
/// The rule is the best of a comparison with features, single hashes and template matching on five sets of photographs: 99 % of such copies found at one
/// alarm in 350,000 pairs, four in five of these true near-copies. The stricter limit beyond six bits loses no copy there and a third of the alarms.
/// Images of one shade are near-copies of none. The benchmark <c>evidence</c> measures it.
/// </remarks>
internal static class NearCopies
{
    /// <summary>The most bits of 64 in which the hashes of near-copies differ.</summary>
    public const int MostBits = 8;

    private const int FewBits = 6;
    private const double LeastCorrelation = 0.95;
    private const double LeastCorrelationBeyondFew = 0.98;

    private const int MostBitsAlike = 10;
    private const double LeastMatchAlike = 0.95;

    // The lowest bit of a hash is that of the constant, which hardly differs.
    private const int HashBits = 63;

    private const int FirstBlock = 16;
    private const int LargestBlock = 1024;

    /// <summary>Determines whether an image is a near-copy of a window of another.</summary>
    /// <param name="whole">The image.</param>
    /// <param name="other">The other.</param>
    /// <param name="window">From 0 to <see cref="ImageFingerprint.Windows"/> - 1.</param>
    public static bool IsNearCopy(ImageFingerprint whole, ImageFingerprint other, int window)
    {
        int bits = BitOperations.PopCount(whole.Hashes[0] ^ other.Hashes[window]);
        return bits <= MostBits && whole.Correlation(other, window) >= (bits <= FewBits ? LeastCorrelation : LeastCorrelationBeyondFew);
    }

    /// <summary>
    /// Determines whether an image may show the same as a window of another: a looser rule, which also finds most copies that are cropped anywhere, and
    /// takes more different images for one. The hashes differ in at most ten bits, and the thumbnail, at its size or a little smaller, matches a
    /// place in the other's with a correlation of at least 0.95.
    /// </summary>
    /// <param name="whole">The image.</param>
    /// <param name="other">The other.</param>
    /// <param name="window">From 0 to <see cref="ImageFingerprint.Windows"/> - 1.</param>
    public static bool IsAlike(ImageFingerprint whole, ImageFingerprint other, int window) =>
        BitOperations.PopCount(whole.Hashes[0] ^ other.Hashes[window]) <= MostBitsAlike && whole.BestMatch(other, ImageFingerprint.IsMirrored(window)) >= LeastMatchAlike;

    /// <summary>Finds all pairs of images that <see cref="IsAlike"/> takes for one, near-copies among them.</summary>
    /// <param name="images">The fingerprints; null for an image that has none.</param>
    /// <param name="skip">An optional test for two images that need not be compared. Several threads call it.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The places of the images, the smaller first. A pair may come more than once.</returns>
    public static IEnumerable<(int First, int Second)> FindAlike(
        IReadOnlyList<ImageFingerprint?> images, Func<int, int, bool>? skip = null, CancellationToken cancellationToken = default) =>
        Find(images, MostBitsAlike, IsAlike, skip, cancellationToken);

    /// <summary>Finds all pairs of near-copies. The same images give the same pairs in the same order, on any number of threads.</summary>
    /// <param name="images">The fingerprints; null for an image that has none.</param>
    /// <param name="skip">
    /// An optional test for two images that need not be compared. Several threads call it while the caller waits for the next pair.
    /// </param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The places of the images, the smaller first. A pair may come more than once.</returns>
    public static IEnumerable<(int First, int Second)> Find(
        IReadOnlyList<ImageFingerprint?> images, Func<int, int, bool>? skip = null, CancellationToken cancellationToken = default) =>
        Find(images, MostBits, IsNearCopy, skip, cancellationToken);

    private static IEnumerable<(int First, int Second)> Find(
        IReadOnlyList<ImageFingerprint?> images,
        int mostBits,
        Func<ImageFingerprint, ImageFingerprint, int, bool> isPair,
        Func<int, int, bool>? skip,
        CancellationToken cancellationToken)
    {
        int[] places = [.. Enumerable.Range(0, images.Count).Where(place => images[place] is { IsPlain: false })];
        ImageFingerprint[] shown = [.. places.Select(place => images[place]!)];
        for (int window = 0; window < ImageFingerprint.Windows; window++)
        {
            HashIndex index = new(shown, window, mostBits);
            for (int start = 0, size = FirstBlock; start < shown.Length; start += size, size = Math.Min(2 * size, LargestBlock))
            {
                int end = Math.Min(start + size, shown.Length);
                int[]?[] found = new int[end - start][];
                int compared = window;
                Parallel.For(start, end, new ParallelOptions { CancellationToken = cancellationToken }, image =>
                {
                    // Hardly an image has any.
                    if (index.Find(shown[image].Hashes[0]) is { } candidates)
                    {
                        found[image - start] = [.. candidates.Where(other => IsPair(image, other, compared)).Order()];
                    }
                });
                foreach ((int image, int other) in found.SelectMany((others, i) => (others ?? []).Select(other => (places[start + i], places[other]))))
                {
                    yield return (Math.Min(image, other), Math.Max(image, other));
                }
            }
        }

        // From both sides the whole images are the same pair, and an image is no copy of itself.
        bool IsPair(int image, int other, int window) =>
            (window == 0 ? image < other : image != other)
            && skip?.Invoke(places[image], places[other]) != true
            && isPair(shown[image], shown[other], window);
    }

    /// <summary>The hashes of one window, by each of their pieces. It works for tenths of a second, which slow first code would double.</summary>
    private sealed class HashIndex
    {
        private readonly int mostBits;
        private readonly int pieceBits;
        private readonly (ulong Hash, int Image)[][] sorted;
        private readonly int[][] starts;

        // Of hashes that differ in at most eight bits, at least one of nine pieces is the same.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public HashIndex(ImageFingerprint[] images, int window, int mostBits)
        {
            this.mostBits = mostBits;
            pieceBits = HashBits / (mostBits + 1);
            sorted = new (ulong, int)[mostBits + 1][];
            starts = new int[mostBits + 1][];
            int buckets = 1 << pieceBits;
            for (int piece = 0; piece < sorted.Length; piece++)
            {
                int[] ends = new int[buckets + 1];
                foreach (ImageFingerprint image in images)
                {
                    ends[Piece(image.Hashes[window], piece) + 1]++;
                }

                for (int bucket = 1; bucket <= buckets; bucket++)
                {
                    ends[bucket] += ends[bucket - 1];
                }

                int[] next = [.. ends];
                sorted[piece] = new (ulong, int)[images.Length];
                for (int image = 0; image < images.Length; image++)
                {
                    ulong hash = images[image].Hashes[window];
                    sorted[piece][next[Piece(hash, piece)]++] = (hash, image);
                }

                starts[piece] = ends;
            }
        }

        /// <summary>Finds the images with a hash that differs in so few bits, each once; null for none.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public List<int>? Find(ulong hash)
        {
            List<int>? found = null;
            for (int piece = 0; piece < sorted.Length; piece++)
            {
                int bucket = Piece(hash, piece);
                foreach ((ulong other, int image) in sorted[piece].AsSpan(starts[piece][bucket]..starts[piece][bucket + 1]))
                {
                    if (BitOperations.PopCount(hash ^ other) <= mostBits && IsFirst(hash ^ other, piece))
                    {
                        (found ??= []).Add(image);
                    }
                }
            }

            return found;
        }

        // An image that an earlier piece found is not found again.
        private bool IsFirst(ulong difference, int piece)
        {
            for (int earlier = 0; earlier < piece; earlier++)
            {
                if (Piece(difference, earlier) == 0)
                {
                    return false;
                }
            }

            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Piece(ulong hash, int piece) => (int)(hash >> (1 + (piece * pieceBits))) & ((1 << pieceBits) - 1);
    }
}
