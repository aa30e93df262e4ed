using InceptionMl.TestSupport;
using InceptionMl.Training.Features;
using Microsoft.Data.Sqlite;

namespace InceptionMl.Training.Tests.Features;

public sealed class FeatureCacheTests
{
    private static readonly byte[] Image = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly float[] Vector = [1.5f, -0f, float.Epsilon];

    private static FeatureCache Open(TemporaryFolder folder) => FeatureCache.Open(folder.Path, TimeProvider.System);

    [Fact]
    public void What_was_stored_comes_back_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        using (FeatureCache cache = Open(folder))
        {
            cache.Put(cache.Space("space"), Image, Vector);
        }

        using FeatureCache again = Open(folder);
        float[] found = new float[3];

        Assert.True(again.TryGet(again.Space("space"), Image, found));
        Assert.Equal(Vector.Select(BitConverter.SingleToInt32Bits), found.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Another_space_another_image_and_another_width_are_misses()
    {
        using TemporaryFolder folder = new();
        using (FeatureCache cache = Open(folder))
        {
            cache.Put(cache.Space("space"), Image, Vector);
        }

        using FeatureCache same = Open(folder);
        long space = same.Space("space");

        Assert.False(same.TryGet(same.Space("other"), Image, new float[3]));
        Assert.False(same.TryGet(space, new byte[32], new float[3]));
        Assert.False(same.TryGet(space, Image, new float[4]));
        Assert.True(same.TryGet(space, Image, new float[3]));
    }

    [Fact]
    public void Two_runs_at_once_both_succeed()
    {
        using TemporaryFolder folder = new();
        Parallel.For(0, 4, run =>
        {
            using FeatureCache cache = Open(folder);
            long space = cache.Space("space");
            for (int i = 0; i < 200; i++)
            {
                cache.Put(space, [.. Image.Select(b => (byte)(b + (i % 150) + run))], Vector);
            }
        });

        using SqliteConnection connection = new($"Data Source={folder.At(FeatureCache.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check; SELECT count(*) FROM feature";
        using SqliteDataReader reader = check.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal("ok", reader.GetString(0));
        Assert.True(reader.NextResult() && reader.Read());
        Assert.Equal(153, reader.GetInt64(0));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_kept()
    {
        using TemporaryFolder folder = new();
        byte[] text = [.. Enumerable.Repeat((byte)'x', 5000)];
        string path = folder.Write(FeatureCache.FileName, text);

        Assert.Contains(path, Assert.Throws<FeatureCacheException>(() => Open(folder)).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_database_of_something_else_is_refused()
    {
        using TemporaryFolder folder = new();
        using (SqliteConnection connection = new($"Data Source={folder.At(FeatureCache.FileName)};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE customers (id INTEGER)";
            command.ExecuteNonQuery();
        }

        Assert.Contains("something else", Assert.Throws<FeatureCacheException>(() => Open(folder)).Message, StringComparison.Ordinal);
    }
}
