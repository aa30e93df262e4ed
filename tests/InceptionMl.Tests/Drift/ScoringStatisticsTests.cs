using System.Buffers.Binary;
using System.IO.Hashing;
using InceptionMl.Drift.Internal;

namespace InceptionMl.Tests.Drift;

public sealed class ScoringStatisticsTests
{
    private const int Width = 3;

    private static readonly byte[] Model = new byte[32];

    private static ScoringStatistics Create(IEnumerable<int> images)
    {
        ScoringStatistics statistics = new(Model, Width, classes: 2);
        Parallel.ForEach(images, i => Add(statistics, i));
        return statistics;
    }

    private static void Add(ScoringStatistics statistics, int image)
    {
        Random random = new(image);
        statistics.Add([random.NextSingle(), random.NextSingle(), random.NextSingle()], image % 2, random.NextSingle(), isUnknown: image % 10 == 0);
    }

    [Fact]
    public void Neither_order_nor_parts_change_a_byte()
    {
        byte[] all = Create(Enumerable.Range(0, 2000)).ToBytes();
        ScoringStatistics parts = Create(Enumerable.Range(1200, 800).Reverse());
        parts.Merge(Create(Enumerable.Range(0, 700)));
        parts.Merge(Create(Enumerable.Range(700, 500)));

        Assert.Equal(all, parts.ToBytes());
        Assert.Equal(2000, parts.Images);
        Assert.Equal(200, parts.Unknown);
        Assert.Equal([1000, 1000], parts.Predicted);
        Assert.Equal(ScoringStatistics.MostVectors, parts.Vectors.Count);
    }

    [Fact]
    public void Means_and_variances_are_those_of_the_projected_features()
    {
        ScoringStatistics statistics = new(Model, Width, classes: 2);
        statistics.Add([3, 0, 4], 0, 0.97f, isUnknown: false);
        statistics.Add([0, 0, 2], 1, 1, isUnknown: false);

        // By hand: of length 1 they are (0.6, 0, 0.8) and (0, 0, 1).
        Assert.Equal([0.3, 0, 0.9], statistics.Means.Select(mean => Math.Round(mean, 5)));
        Assert.Equal([0.09, 0, 0.01], statistics.Variances.Select(variance => Math.Round(variance, 5)));
        Assert.Equal(2, statistics.TopScores[^1]);
    }

    [Fact]
    public void An_image_that_comes_twice_counts_twice_and_is_kept_once()
    {
        ScoringStatistics statistics = Create([7]);
        statistics.Merge(Create([7]));

        Assert.Equal(2, statistics.Images);
        Assert.Single(statistics.Vectors);
    }

    [Fact]
    public void Bytes_give_the_same_statistics()
    {
        ScoringStatistics statistics = Create(Enumerable.Range(0, 600));
        ScoringStatistics again = ScoringStatistics.Parse(statistics.ToBytes())!;

        Assert.Equal(statistics.ToBytes(), again.ToBytes());
        Assert.Equal(statistics.Vectors, again.Vectors);
        Assert.True(again.IsOfSameModel(statistics));
        Assert.False(again.IsOfSameModel(new ScoringStatistics([.. Enumerable.Repeat((byte)1, 32)], Width, classes: 2)));
    }

    [Fact]
    public void Statistics_of_another_model_are_not_merged() =>
        Assert.Throws<ArgumentException>(() => Create([1]).Merge(new ScoringStatistics(Model, Width, classes: 3)));

    [Fact]
    public void No_change_of_a_byte_is_read()
    {
        byte[] whole = Create(Enumerable.Range(0, 20)).ToBytes();
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x41;
            Assert.Null(ScoringStatistics.Parse(changed));
            Assert.Null(ScoringStatistics.Parse(whole.AsSpan(0, i)));
        }
    }

    [Fact]
    public void Hostile_numbers_with_a_right_checksum_are_refused()
    {
        byte[] whole = Create(Enumerable.Range(0, 20)).ToBytes();
        for (int i = 4; i + sizeof(long) < whole.Length - sizeof(long); i += sizeof(int))
        {
            if (i is >= 16 and < 48)
            {
                continue; // The model's identity: any is right.
            }

            foreach (long value in (long[])[long.MinValue, long.MaxValue, -1])
            {
                byte[] changed = [.. whole];
                BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(i), value);
                BinaryPrimitives.WriteUInt64LittleEndian(changed.AsSpan(changed.Length - sizeof(ulong)), XxHash64.HashToUInt64(changed.AsSpan(0, changed.Length - sizeof(ulong))));

                // A sum of features may be any number that is small enough: it is read, and nothing overflows.
                _ = ScoringStatistics.Parse(changed)?.Means;
            }
        }
    }
}
