using InceptionMl.Models;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Store;

/// <summary>Two processes at once, and processes killed at any moment.</summary>
public sealed class BackboneStoreSafetyTests : IDisposable
{
    private static readonly BackboneCard Card = Backbone.Embedded().Card with { Sha256 = null };

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private BackboneStore Store(TimeProvider? time = null) => new(folder.Path, time);

    private static MemoryStream Content(byte value = 1, int length = 100_000)
    {
        byte[] bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        return new MemoryStream(bytes);
    }

    [Fact]
    public async Task Of_many_adds_of_one_name_exactly_one_wins_whole()
    {
        StoredBackbone?[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                return await Store().AddAsync("mine", Content((byte)i), Card, Cancellation);
            }
            catch (BackboneException)
            {
                return null;
            }
        })));

        Assert.Single(results, result => result is not null);
        Assert.Equal(100_000, Assert.Single(Store().List()).Bytes);
        await Store().VerifyAsync("mine", Cancellation);
    }

    [Fact]
    public async Task Adds_and_removals_race_without_a_half_entry_ever_seen()
    {
        BackboneStore store = Store();
        Task[] writers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 20; i++)
            {
                await IgnoreTaken(() => Store().AddAsync("mine", Content(), Card, Cancellation));
                await IgnoreTaken(() => Store().RemoveAsync("mine", Cancellation));
            }
        }))];
        Task all = Task.WhenAll(writers);
        while (!all.IsCompleted)
        {
            Assert.All(store.List(), entry => Assert.Equal((null, 100_000L), (entry.Problem, entry.Bytes)));
        }

        await all;
        Assert.Empty(Directory.GetDirectories(folder.At(".staging")));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_invisible_and_swept_by_the_next_change()
    {
        folder.Write(".staging/mine~0123/mine.onnx", [1, 2, 3]);
        folder.Write(".staging/other~4567/other.onnx", [1, 2, 3]);
        folder.Write(".staging/other~4567/other.json", [1]);
        Assert.Empty(Store().List());

        await Store().AddAsync("mine", Content(), Card, Cancellation);

        Assert.Equal(["mine"], Store().List().Select(entry => entry.Name));
        Assert.Empty(Directory.GetDirectories(folder.At(".staging")));
    }

    [Fact]
    public async Task What_another_process_is_still_writing_is_not_swept()
    {
        folder.Write(".staging/other~4567/other.onnx", [1, 2, 3]);
        folder.Write(".locks/other", []);
        using FileStream held = new(folder.At(".locks", "other"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        await Store().AddAsync("mine", Content(), Card, Cancellation);

        Assert.True(File.Exists(folder.At(".staging", "other~4567", "other.onnx")));
    }

    [Theory]
    [InlineData("mine.onnx")]
    [InlineData("mine.json")]
    public async Task Half_of_an_entry_is_no_entry_and_gives_way(string half)
    {
        folder.Write($"mine/{half}", [1, 2, 3]);
        Assert.Empty(Store().List());
        Assert.Null(Store().Find("mine"));

        await Store().AddAsync("mine", Content(), Card, Cancellation);

        await Store().VerifyAsync("mine", Cancellation);
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_nothing()
    {
        using BrokenStream broken = new();

        await Assert.ThrowsAsync<BackboneException>(() => Store().AddAsync("mine", broken, Card, Cancellation));

        Assert.Empty(Store().List());
        Assert.Empty(Directory.GetDirectories(folder.At(".staging")));
    }

    [Fact]
    public async Task A_canceled_add_leaves_nothing()
    {
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store().AddAsync("mine", Content(), Card, canceled.Token));

        Assert.Empty(Store().List());
    }

    [Fact]
    public async Task A_name_that_another_process_keeps_locked_ends_in_a_sentence()
    {
        folder.Write(".locks/mine", []);
        using FileStream held = new(folder.At(".locks", "mine"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        ImpatientTime time = new();

        BackboneException busy = await Assert.ThrowsAsync<BackboneException>(() => Store(time).AddAsync("Mine", Content(), Card, Cancellation));

        Assert.StartsWith($"The store {folder.Path} cannot be changed for 'Mine'", busy.Message, StringComparison.Ordinal);
        Assert.Equal(600, time.Jumped.Count);
    }

    private static async Task IgnoreTaken(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch (BackboneException exception) when (exception.Message.Contains("has no backbone", StringComparison.Ordinal))
        {
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the disk went away");
    }
}
