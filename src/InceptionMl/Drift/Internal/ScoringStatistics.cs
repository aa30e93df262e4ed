using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using InceptionMl.Models.Internal;

namespace InceptionMl.Drift.Internal;

/// <summary>
/// What a model saw and said, in a fixed size and without an image: how many images it gave which label, how sure it was, means and variances of the
/// projected features, and the vectors of at most <see cref="MostVectors"/> images. These are those of the smallest hashes (a bottom-k sample; Cohen and
/// Kaplan, "Summarizing data using bottom-k sketches", 2007), and all sums are whole numbers, so neither order nor number of threads changes a byte, and
/// the statistics of two days together are those of both. This type is thread-safe.
/// </summary>
public sealed class ScoringStatistics
{
    /// <summary>The most vectors that are kept.</summary>
    public const int MostVectors = 500;

    private const int Bins = 20;
    private const int IdentityLength = SHA256.HashSizeInBytes;
    private const int HeaderLength = 4 + (3 * sizeof(int)) + IdentityLength + (3 * sizeof(long)) + sizeof(int);
    private const int ChecksumLength = sizeof(ulong);
    private const int MostClasses = 100_000;
    private const int WidestFeatures = 65_536;

    // Nothing overflows on numbers that a file claims.
    private const long MostImages = 1L << 40;
    private const long LargestSum = MostImages << 21;

    // Features of length 1 in millionths, about.
    private const double Steps = 1 << 20;

    private readonly Lock gate = new();
    private readonly FeatureProjection projection;
    private readonly byte[] identity;
    private readonly long[] predicted;
    private readonly long[] scores = new long[Bins];
    private readonly long[] sums;
    private readonly long[] squares;
    private readonly SortedDictionary<ulong, sbyte[]> kept = [];

    private long images;
    private long unknown;
    private long projected;
    private ulong largest;

    /// <summary>Begins statistics of a model.</summary>
    /// <param name="identity">What <see cref="Identify"/> gave.</param>
    /// <param name="width">Values per feature vector.</param>
    /// <param name="classes">The number of labels.</param>
    public ScoringStatistics(ReadOnlySpan<byte> identity, int width, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(identity.Length, IdentityLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        this.identity = identity.ToArray();
        projection = new FeatureProjection(width);
        predicted = new long[classes];
        sums = new long[projection.Values];
        squares = new long[projection.Values];
    }

    /// <summary>Gets the number of images that were given a label.</summary>
    public long Images => Interlocked.Read(ref images);

    /// <summary>Gets how many of them were called none of the classes.</summary>
    public long Unknown => Interlocked.Read(ref unknown);

    /// <summary>Gets how many were given each label.</summary>
    public IReadOnlyList<long> Predicted => predicted;

    /// <summary>Gets how many had a highest probability in each twentieth from 0 to 1.</summary>
    public IReadOnlyList<long> TopScores => scores;

    /// <summary>Gets the mean of each projected feature.</summary>
    public IReadOnlyList<double> Means => [.. sums.Select(sum => sum / Steps / Math.Max(1, projected))];

    /// <summary>Gets the variance of each projected feature.</summary>
    public IReadOnlyList<double> Variances => [.. squares.Zip(Means, (square, mean) => Math.Max(0, (square / Steps / Math.Max(1, projected)) - (mean * mean)))];

    /// <summary>Gets the vectors that were kept, each of length 1, in an order that depends on nothing but them.</summary>
    public IReadOnlyList<float[]> Vectors
    {
        get
        {
            lock (gate)
            {
                return [.. kept.Values.Select(FeatureBank.Restore)];
            }
        }
    }

    private static ReadOnlySpan<byte> Mark => "IMS1"u8;

    /// <summary>Gets 32 bytes that tell a model from others: another network, other labels or other weights give others.</summary>
    /// <param name="network">The SHA-256 of the network, in hexadecimal.</param>
    /// <param name="classes">The label names.</param>
    /// <param name="head">The head.</param>
    public static byte[] Identify(string network, IEnumerable<string> classes, LinearHead head)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(head);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(network.ToLowerInvariant()));
        foreach (string name in classes)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + '\n'));
        }

        hash.AppendData(MemoryMarshal.AsBytes(head.Weights.Span));
        hash.AppendData(MemoryMarshal.AsBytes(head.Bias.Span));
        return hash.GetHashAndReset();
    }

    /// <summary>Reads statistics; null where the bytes are none, or damaged.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    public static ScoringStatistics? Parse(ReadOnlySpan<byte> bytes)
    {
        if (!IsOne(bytes) || bytes.Length < HeaderLength + ChecksumLength
            || XxHash64.HashToUInt64(bytes[..^ChecksumLength]) != BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumLength..]))
        {
            return null;
        }

        StatisticsReader reader = new(bytes[Mark.Length..]);
        (int width, int values, int classes) = (reader.Int(), reader.Int(), reader.Int());
        if (width is < 1 or > WidestFeatures || classes is < 1 or > MostClasses || values != Math.Min(width, FeatureProjection.MostValues))
        {
            return null;
        }

        ScoringStatistics read = new(reader.Bytes(IdentityLength), width, classes)
        {
            images = reader.Long(),
            unknown = reader.Long(),
            projected = reader.Long(),
        };
        int count = reader.Int();
        long length = HeaderLength + ((long)(Bins + classes + (2 * values)) * sizeof(long)) + ((long)count * (sizeof(ulong) + values)) + ChecksumLength;
        if (count is < 0 or > MostVectors || length != bytes.Length)
        {
            return null;
        }

        reader.Longs(read.scores);
        reader.Longs(read.predicted);
        reader.Longs(read.sums);
        reader.Longs(read.squares);
        for (int i = 0; i < count; i++)
        {
            ulong hash = (ulong)reader.Long();
            sbyte[] vector = MemoryMarshal.Cast<byte, sbyte>(reader.Bytes(values)).ToArray();
            if (hash != Hash(vector))
            {
                return null;
            }

            read.Keep(hash, vector);
        }

        return read.IsSound && read.kept.Count == count ? read : null;
    }

    /// <summary>Whether a file that begins so holds statistics, of this version or another.</summary>
    /// <param name="start">Its first bytes.</param>
    public static bool IsOne(ReadOnlySpan<byte> start) => start.StartsWith(Mark);

    /// <summary>Whether these are statistics of the same model.</summary>
    /// <param name="other">The others.</param>
    public bool IsOfSameModel(ScoringStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return identity.AsSpan().SequenceEqual(other.identity) && projection.Width == other.projection.Width && predicted.Length == other.predicted.Length;
    }

    /// <summary>Adds an image.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="label">The place of its most probable label.</param>
    /// <param name="probability">The probability of that.</param>
    /// <param name="isUnknown">Whether it was called none of the classes.</param>
    public void Add(ReadOnlySpan<float> features, int label, float probability, bool isUnknown)
    {
        AddFeatures(features);
        AddAnswer(label, probability, isUnknown);
    }

    /// <summary>Adds what was said of an image.</summary>
    /// <inheritdoc cref="Add"/>
    public void AddAnswer(int label, float probability, bool isUnknown)
    {
        lock (gate)
        {
            images++;
            unknown += isUnknown ? 1 : 0;
            predicted[label]++;
            scores[Math.Clamp((int)(probability * Bins), 0, Bins - 1)]++;
        }
    }

    /// <summary>Adds what was seen of an image.</summary>
    /// <param name="features">Its features.</param>
    public void AddFeatures(ReadOnlySpan<float> features)
    {
        float[] vector = projection.Project(features);
        if (!Array.TrueForAll(vector, float.IsFinite))
        {
            return;
        }

        sbyte[] quantized = FeatureBank.Quantize(vector);
        ulong hash = Hash(quantized);
        lock (gate)
        {
            projected++;
            for (int i = 0; i < vector.Length; i++)
            {
                sums[i] += (long)Math.Round(vector[i] * Steps);
                squares[i] += (long)Math.Round((double)vector[i] * vector[i] * Steps);
            }

            Keep(hash, quantized);
        }
    }

    /// <summary>Adds the statistics of other images.</summary>
    /// <param name="other">Statistics of the same model.</param>
    public void Merge(ScoringStatistics other)
    {
        if (!IsOfSameModel(other))
        {
            throw new ArgumentException("The statistics are those of another model.", nameof(other));
        }

        ScoringStatistics copy = Parse(other.ToBytes())!;
        lock (gate)
        {
            images += copy.images;
            unknown += copy.unknown;
            projected += copy.projected;
            AddTo(scores, copy.scores);
            AddTo(predicted, copy.predicted);
            AddTo(sums, copy.sums);
            AddTo(squares, copy.squares);
            foreach ((ulong hash, sbyte[] vector) in copy.kept)
            {
                Keep(hash, vector);
            }
        }

        static void AddTo(long[] mine, long[] others)
        {
            for (int i = 0; i < mine.Length; i++)
            {
                mine[i] += others[i];
            }
        }
    }

    /// <summary>Gets the statistics as bytes: a header, the counts, the sums, the vectors with their hashes and a checksum.</summary>
    public byte[] ToBytes()
    {
        lock (gate)
        {
            using MemoryStream bytes = new();
            using BinaryWriter writer = new(bytes);
            writer.Write(Mark);
            writer.Write(projection.Width);
            writer.Write(projection.Values);
            writer.Write(predicted.Length);
            writer.Write(identity);
            writer.Write(images);
            writer.Write(unknown);
            writer.Write(projected);
            writer.Write(kept.Count);
            foreach (long number in scores.Concat(predicted).Concat(sums).Concat(squares))
            {
                writer.Write(number);
            }

            foreach ((ulong hash, sbyte[] vector) in kept)
            {
                writer.Write(hash);
                writer.Write(MemoryMarshal.AsBytes<sbyte>(vector));
            }

            writer.Write(XxHash64.HashToUInt64(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
            return bytes.ToArray();
        }
    }

    private bool IsSound => images is >= 0 and < MostImages && projected is >= 0 and < MostImages && unknown >= 0 && unknown <= images
        && Array.TrueForAll(scores, IsCount) && Array.TrueForAll(predicted, IsCount) && scores.Sum() == images && predicted.Sum() == images
        && Array.TrueForAll(sums, sum => sum > -LargestSum && sum < LargestSum) && Array.TrueForAll(squares, square => square >= 0 && square < LargestSum) && kept.Count <= projected;

    private static ulong Hash(sbyte[] vector) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes<sbyte>(vector));

    private static bool IsCount(long number) => number is >= 0 and < MostImages;

    private void Keep(ulong hash, sbyte[] vector)
    {
        if ((kept.Count == MostVectors && hash > largest) || !kept.TryAdd(hash, vector))
        {
            return;
        }

        if (kept.Count > MostVectors)
        {
            kept.Remove(largest);
        }

        largest = kept.Keys.Last();
    }

    private ref struct StatisticsReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

        public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

        public void Longs(Span<long> numbers)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Long();
            }
        }

        public ReadOnlySpan<byte> Bytes(int count)
        {
            ReadOnlySpan<byte> read = rest[..count];
            rest = rest[count..];
            return read;
        }
    }
}
