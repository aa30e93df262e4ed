using System.Collections.Concurrent;
using System.Threading.Channels;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

/// <summary>When a reloading scorer looks for a new version, and what it reports.</summary>
public sealed class ReloadReportTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Image => TrainedDemo.TestImages[0];

    [Fact]
    public async Task A_version_that_cannot_be_opened_is_reported_once_and_the_old_one_goes_on_serving()
    {
        using TemporaryFolder folder = new();
        string broken = folder.Write("broken.zip", "no zip"u8.ToArray());
        PromotedModel promoted = new("a", demo.Model);
        Reports reports = new();
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => promoted, new ReloadingOptions { Progress = reports });

        promoted = new PromotedModel("b", broken);
        ModelReload first = await models.RefreshAsync(Stop);
        ModelReload second = await models.RefreshAsync(Stop);
        using ImageScorer old = models.Acquire();

        Assert.StartsWith($"Version b could not be opened, so a goes on serving: {broken} ", first.Problem, StringComparison.Ordinal);
        Assert.Equal(first, second);
        Assert.Equal("a", old.Score(Image, Stop).ModelVersion);

        promoted = new PromotedModel("c", demo.Model);
        Assert.True((await models.RefreshAsync(Stop)).Swapped);
        Assert.Equal([first, new ModelReload("c", "a", Problem: null)], reports.All);
    }

    [Fact]
    public async Task The_end_of_a_problem_is_reported_once()
    {
        using TemporaryFolder folder = new();
        PromotedModel promoted = new("a", demo.Model);
        Reports reports = new();
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => promoted, new ReloadingOptions { Progress = reports });

        promoted = new PromotedModel("b", folder.Write("broken.zip", "no zip"u8.ToArray()));
        ModelReload problem = await models.RefreshAsync(Stop);
        promoted = new PromotedModel("a", demo.Model);
        ModelReload over = await models.RefreshAsync(Stop);
        await models.RefreshAsync(Stop);

        Assert.Equal(new ModelReload("a", Replaced: null, Problem: null), over);
        Assert.Equal([problem, over], reports.All);
    }

    [Fact]
    public async Task The_source_is_asked_at_every_tick_of_the_clock()
    {
        string version = "a";
        ManualTime time = new();
        Reports reports = new();
        using ReloadingImageScorer models = ReloadingImageScorer.Open(
            () => new PromotedModel(version, demo.Model),
            new ReloadingOptions { PollInterval = TimeSpan.FromMinutes(1), Progress = reports },
            time);

        version = "b";
        time.Tick();

        Assert.Equal(new ModelReload("b", "a", Problem: null), await reports.First.WaitAsync(Stop));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_throws_when_told_of_a_swap_neither_hides_it_nor_ends_the_polling()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        string version = "a";
        ManualTime time = new();
        ThrowingReports reports = new();
        using ReloadingImageScorer models = ReloadingImageScorer.Open(
            () => new PromotedModel(version, demo.Model),
            new ReloadingOptions { PollInterval = TimeSpan.FromMinutes(1), Progress = reports },
            time);

        foreach (string next in (string[])["b", "c"])
        {
            version = next;
            time.Tick();
            Assert.Equal(next, (await reports.NextAsync(stop)).Serving);
        }

        version = "d";
        Assert.Equal(new ModelReload("d", "c", Problem: null), await models.RefreshAsync(stop));
    }

    private sealed class ThrowingReports : IProgress<ModelReload>
    {
        private readonly Channel<ModelReload> told = Channel.CreateUnbounded<ModelReload>();

        public ValueTask<ModelReload> NextAsync(CancellationToken cancellationToken) => told.Reader.ReadAsync(cancellationToken);

        public void Report(ModelReload value)
        {
            told.Writer.TryWrite(value);
            throw new IOException("the log's disk is full");
        }
    }

    private sealed class Reports : IProgress<ModelReload>
    {
        private readonly TaskCompletionSource<ModelReload> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<ModelReload> All { get; } = [];

        public Task<ModelReload> First => first.Task;

        public void Report(ModelReload value)
        {
            All.Enqueue(value);
            first.TrySetResult(value);
        }
    }
}
