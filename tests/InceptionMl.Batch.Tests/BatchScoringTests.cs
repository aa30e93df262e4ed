using System.Runtime.CompilerServices;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Batch.Tests;

public sealed class BatchScoringTests(TrainedDemo demo)
{
    private const int Workers = 2;
    private const int MostUnderWay = (Workers * 4) + 2;

    private ImageScorer Open() => ImageScorer.Open(demo.Model, new ImageScorerOptions { Workers = Workers });

    [Fact]
    public async Task Results_come_in_order_with_their_ids_and_no_more_is_read_ahead_than_is_scored()
    {
        using ImageScorer scorer = Open();
        int read = 0;
        int scored = 0;
        int furthest = 0;
        await foreach (ScoreRow score in BatchScoring.ScoreAsync(scorer, Source(), cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal($"{scored}", score.Id);
            Assert.Equal($"image {scored}", score.Path);
            Interlocked.Increment(ref scored);
        }

        Assert.Equal(120, scored);
        Assert.InRange(furthest, 1, MostUnderWay);

        async IAsyncEnumerable<BatchInput> Source()
        {
            for (; read < 120; read++)
            {
                await Task.Yield();
                furthest = Math.Max(furthest, read + 1 - Volatile.Read(ref scored));
                yield return new BatchInput(ImageSource.FromBytes(Batches.Image, $"image {read}"), $"{read}", Batches.Image.Length);
            }
        }
    }

    [Fact]
    public async Task Images_in_memory_are_let_go_once_they_are_scored()
    {
        using ImageScorer scorer = Open();
        List<WeakReference> images = [];
        int scored = 0;
        await foreach (ScoreRow score in BatchScoring.ScoreAsync(scorer, Source(), cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Null(score.Error);
            if (++scored % 25 == 0)
            {
                GC.Collect();
                lock (images)
                {
                    Assert.InRange(images.Count(image => image.IsAlive), 0, MostUnderWay + Workers);
                }
            }
        }

        Assert.Equal(100, scored);

        async IAsyncEnumerable<BatchInput> Source()
        {
            for (int i = 0; i < 100; i++)
            {
                await Task.Yield();
                yield return Fresh();
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        BatchInput Fresh()
        {
            byte[] bytes = [.. Batches.Image];
            lock (images)
            {
                images.Add(new WeakReference(bytes));
            }

            return new BatchInput(ImageSource.FromBytes(bytes), null, bytes.Length);
        }
    }

    [Fact]
    public async Task Bytes_held_for_images_stay_within_their_bound()
    {
        using ImageScorer scorer = Open();
        long held = 0;
        long most = 0;
        long size = Batches.Image.Length;
        await foreach (ScoreRow score in BatchScoring.ScoreAsync(
            scorer, Source(), new BatchOptions { MaxHeldBytes = size * 2 }, TestContext.Current.CancellationToken))
        {
            Interlocked.Add(ref held, -size);
        }

        // Two lots, the one that waits, and the one just handed back that this test has not counted off yet.
        Assert.InRange(most, size, size * 4);

        async IAsyncEnumerable<BatchInput> Source()
        {
            for (int i = 0; i < 100; i++)
            {
                await Task.Yield();
                most = Math.Max(most, Interlocked.Add(ref held, size));
                yield return new BatchInput(ImageSource.FromBytes(Batches.Image), null, size);
            }
        }
    }

    [Fact]
    public async Task An_image_larger_than_the_bound_is_scored_alone()
    {
        using ImageScorer scorer = Open();
        BatchInput[] inputs = [.. Enumerable.Repeat(new BatchInput(ImageSource.FromBytes(Batches.Image), null, 1000), 5)];

        List<ScoreRow> scores = await BatchScoring.ScoreAsync(
            scorer, inputs.ToAsyncEnumerable(), new BatchOptions { MaxHeldBytes = 1 }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, scores.Count);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_stops_the_source()
    {
        using ImageScorer scorer = Open();
        bool stopped = false;
        await foreach (ScoreRow score in BatchScoring.ScoreAsync(scorer, Endless(TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken))
        {
            break;
        }

        Assert.True(stopped);

        async IAsyncEnumerable<BatchInput> Endless([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                while (true)
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return new BatchInput(ImageSource.FromBytes(Batches.Image), null, Batches.Image.Length);
                }
            }
            finally
            {
                stopped = true;
            }
        }
    }
}
