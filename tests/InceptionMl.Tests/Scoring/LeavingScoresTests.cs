using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

/// <summary>A reader of a scorer's results goes, or the scorer does, at any point.</summary>
public sealed class LeavingScoresTests(TrainedDemo demo)
{
    // Of a hang only.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly byte[] Image = File.ReadAllBytes(TrainedDemo.TestImages[0]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public async Task Leaving_canceling_throwing_and_disposing_end_at_every_point(int workers)
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model, new ImageScorerOptions { Workers = workers });
        foreach (int count in (int[])[1, 2, 8, 9, 64, 100])
        {
            foreach (int point in new[] { 0, count / 2, count - 1 }.Distinct())
            {
                foreach (string way in (string[])["break", "cancel", "throw"])
                {
                    await Task.Run(() => LeaveAsync(scorer, way, workers, count, point), Stop).WaitAsync(Bound, Stop);
                }
            }

            using ImageScorer shared = scorer.Share();
            await Task.Run(() => LeaveAsync(shared, "dispose", workers, count, count / 2), Stop).WaitAsync(Bound, Stop);
        }
    }

    [Fact]
    public async Task An_image_under_way_is_called_off_when_the_reader_leaves()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model, new ImageScorerOptions { Workers = 2 });
        using EndlessImage endless = new();
        Task leaving = Task.Run(
            async () =>
            {
                await foreach (ScoringResult result in scorer.ScoreAsync([ImageSource.FromBytes(Image), ImageSource.FromStream(() => endless)], Stop))
                {
                    await endless.Begun.WaitAsync(Stop);
                    break;
                }
            },
            Stop);

        await leaving.WaitAsync(Bound, Stop);
        Assert.True(endless.Disposed);
    }

    private static async Task LeaveAsync(ImageScorer scorer, string way, int workers, int count, int point)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using CountdownEvent ready = new(Math.Min(count, point + (workers * 4)));
        int begun = 0;

        // A few are scored, the others are refused at once: results are ready before the reader leaves.
        IEnumerable<ImageSource> images = Enumerable.Range(0, count).Select(i => ImageSource.FromStream(() =>
        {
            if (Interlocked.Increment(ref begun) <= ready.InitialCount)
            {
                ready.Signal();
            }

            return i % 25 == 1 ? new MemoryStream(Image) : throw new IOException("is not there");
        }));
        int read = 0;
        try
        {
            await foreach (ScoringResult result in scorer.ScoreAsync(images, stop.Token))
            {
                if (read++ != point)
                {
                    continue;
                }

                ready.Wait(Stop);
                switch (way)
                {
                    case "break":
                        return;
                    case "throw":
                        throw new FormatException();
                    case "dispose":
                        scorer.Dispose();
                        break;
                    default:
                        await stop.CancelAsync();
                        break;
                }
            }

            Assert.True(way == "dispose" || point == count - 1);
            Assert.Equal(count, read);
        }
        catch (FormatException) when (way == "throw")
        {
            Assert.Equal(point + 1, read);
        }
        catch (OperationCanceledException) when (way == "cancel")
        {
            Assert.Equal(point + 1, read);
        }
    }

    /// <summary>Gives bytes without end, slowly, once it is known that somebody reads.</summary>
    private sealed class EndlessImage : MemoryStream
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => begun.Task;

        public bool Disposed { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            begun.TrySetResult();
            Thread.Yield();
            return 1;
        }

        protected override void Dispose(bool disposing)
        {
            Disposed = true;
            base.Dispose(disposing);
        }
    }
}
