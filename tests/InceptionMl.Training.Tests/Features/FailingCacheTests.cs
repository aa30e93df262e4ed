using InceptionMl.Backbones;
using InceptionMl.TestSupport;
using InceptionMl.Training.Features;
using InceptionMl.Training.Features.Internal;
using InceptionMl.Training.Retraining;
using Microsoft.Data.Sqlite;

namespace InceptionMl.Training.Tests.Features;

/// <summary>A cache that cannot be opened, read or written costs time, one warning and nothing else.</summary>
public sealed class FailingCacheTests : IDisposable
{
    private static readonly byte[] Image = new byte[32];
    private static readonly float[] Vector = [1, 2, 3];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_vector_that_cannot_be_read_is_a_miss_and_told_once()
    {
        using FeatureCache cache = FeatureCache.Open(folder.Path, TimeProvider.System);
        long space = cache.Space("space");
        cache.Put(space, Image, Vector);
        cache.Flush();
        Execute("DROP TABLE feature");

        Assert.False(cache.TryGet(space, Image, new float[3]));
        string? problem = cache.Problem;
        cache.Put(space, Image, Vector);
        cache.Flush();

        Assert.Contains($"{folder.At(FeatureCache.FileName)} cannot be used as a cache, because ", problem, StringComparison.Ordinal);
        Assert.Equal(problem, cache.Problem);
    }

    [Fact]
    public void A_vector_that_cannot_be_written_leaves_the_others_to_be_read()
    {
        using FeatureCache cache = FeatureCache.Open(folder.Path, TimeProvider.System);
        long space = cache.Space("space");
        cache.Put(space, Image, Vector);
        cache.Flush();
        RefuseWriting("feature");

        cache.Put(space, [.. Image.Select(_ => (byte)1)], Vector);
        cache.Flush();

        Assert.NotNull(cache.Problem);
        Assert.True(cache.TryGet(space, Image, new float[3]));
    }

    [Fact]
    public void A_space_that_cannot_be_added_is_empty()
    {
        using FeatureCache cache = FeatureCache.Open(folder.Path, TimeProvider.System);
        RefuseWriting("space");

        long space = cache.Space("space");
        cache.Put(space, Image, Vector);

        Assert.False(cache.TryGet(space, Image, new float[3]));
        Assert.NotNull(cache.Problem);
    }

    [Fact]
    public void What_is_no_vector_is_a_miss()
    {
        using FeatureCache cache = FeatureCache.Open(folder.Path, TimeProvider.System);
        long space = cache.Space("space");
        Execute(FormattableString.Invariant($"INSERT INTO feature (space, image, vector) VALUES ({space}, x'{new string('0', 64)}', 'text')"));

        Assert.False(cache.TryGet(space, Image, new float[3]));
    }

    [Fact]
    public void A_cache_that_fails_at_the_end_is_closed_all_the_same()
    {
        FeatureCache cache = FeatureCache.Open(folder.Path, TimeProvider.System);
        cache.Put(cache.Space("space"), Image, Vector);
        Execute("DROP TABLE feature");

        cache.Dispose();

        Assert.NotNull(cache.Problem);
        File.Delete(folder.At(FeatureCache.FileName));
    }

    [Theory]
    [InlineData("a file instead of the folder")]
    [InlineData("no database")]
    [InlineData("damaged")]
    [InlineData("something else")]
    [InlineData("not writable")]
    [InlineData("tables of another form")]
    public async Task Training_goes_on_without_its_cache_and_says_so_once(string fault)
    {
        string cache = folder.At("cache");
        Spoil(fault, cache);
        Images("images");

        TrainResult result = await new ImageTrainer(new TrainingSettings { Data = [folder.At("images")], Cache = cache })
            .TrainAsync(folder.At("model.zip"), cancellationToken: Stop);

        string warning = Assert.Single(result.Diagnostics, text => text.Message.Contains("cache", StringComparison.Ordinal)).Message;
        Assert.StartsWith(folder.At("cache", FeatureCache.FileName), warning, StringComparison.Ordinal);
        Assert.EndsWith(".", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("..", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("SQLite Error", warning, StringComparison.Ordinal);
        Assert.Equal((0, 24), (result.CacheHits, result.CacheMisses));
        Assert.True(File.Exists(folder.At("model.zip")));
    }

    [Fact]
    public async Task Features_are_written_without_the_cache()
    {
        Images("images");
        folder.Write("cache", [1]);

        FeatureExportResult result = await FeatureExport.WriteAsync(
            Backbone.Embedded(), folder.At("images"), folder.At("features.csv"), new FeatureOptions { CacheFolder = folder.At("cache") }, cancellationToken: Stop);

        Assert.Equal(24, result.Images);
        Assert.Contains("the run went on without it", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retraining_goes_on_without_its_cache_and_says_so_each_time()
    {
        using RetrainScene scene = new();
        scene.AddClasses(2, 12);
        scene.Folder.Write("cache/features.sqlite", [.. Enumerable.Repeat((byte)'x', 5000)]);
        for (int run = 0; run < 2; run++)
        {
            scene.Add("images/red", 1, 0);
            RetrainResult result = await scene.RetrainAsync(cancellationToken: Stop);
            Assert.Single(result.Training.Diagnostics, text => text.Message.Contains("or a damaged one, so the run went on without it", StringComparison.Ordinal));
        }
    }

    private void Spoil(string fault, string cache)
    {
        switch (fault)
        {
            case "a file instead of the folder":
                folder.Write("cache", [1]);
                return;
            case "no database":
                folder.Write($"cache/{FeatureCache.FileName}", [.. Enumerable.Repeat((byte)'x', 5000)]);
                return;
        }

        FeatureCache.Open(cache, TimeProvider.System).Dispose();
        string file = Path.Combine("cache", FeatureCache.FileName);
        switch (fault)
        {
            case "damaged":
                byte[] bytes = File.ReadAllBytes(folder.At(file));
                bytes.AsSpan(100).Fill(0xFF);
                File.WriteAllBytes(folder.At(file), bytes);
                break;
            case "something else":
                Execute("PRAGMA application_id = 7", file);
                break;
            case "not writable":
                Execute("CREATE TRIGGER full BEFORE INSERT ON feature BEGIN SELECT RAISE(FAIL, 'full'); END", file);
                break;
            default:
                Execute("DROP TABLE feature; CREATE VIEW feature AS SELECT 1 AS space, 2 AS image, 3 AS vector", file);
                break;
        }
    }

    private void Images(string name)
    {
        for (int i = 0; i < 24; i++)
        {
            folder.Write($"{name}/{(i % 2 == 0 ? "red" : "green")}/{i}.png", RetrainScene.Picture(i % 2, i));
        }
    }

    private void RefuseWriting(string table) =>
        Execute($"CREATE TRIGGER full_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(FAIL, 'full'); END");

    private void Execute(string sql, string file = FeatureCache.FileName)
    {
        using SqliteConnection connection = new($"Data Source={folder.At(file)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
