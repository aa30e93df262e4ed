using InceptionMl.Images;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

/// <summary>Images and models that have to be waited for.</summary>
public sealed class AsyncScoringTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static byte[] Picture => File.ReadAllBytes(TrainedDemo.TestImages[0]);

    [Fact]
    public async Task One_image_is_scored_alike_from_every_source()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ScoredImage expected = scorer.Score(TrainedDemo.TestImages[0], Stop);

        ImageSource[] sources =
        [
            ImageSource.FromFile(TrainedDemo.TestImages[0]),
            ImageSource.FromBytes(Picture),
            ImageSource.FromStream(() => new MemoryStream(Picture)),
            ImageSource.FromStream(async token =>
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                return new MemoryStream(Picture);
            }),
        ];
        foreach (ImageSource source in sources)
        {
            Assert.Equal(expected.Scores, (await scorer.ScoreAsync(source, Stop)).Scores);
        }
    }

    [Fact]
    public async Task A_stream_that_fails_is_the_error_of_its_image_and_the_others_go_on()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ImageSource[] sources =
        [
            ImageSource.FromStream(_ => throw new HttpRequestException("503 Slow Down."), "throttled"),
            ImageSource.FromStream(_ => ValueTask.FromResult<Stream>(null!), "none"),
            ImageSource.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(Picture)), "good"),
        ];

        IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync(sources, Stop);

        Assert.Equal("cannot be read: 503 Slow Down", results[0].Error);
        Assert.Equal("cannot be read: its source opened no stream", results[1].Error);
        Assert.True(results[2].Succeeded);
        await Assert.ThrowsAsync<ImageRefusedException>(() => scorer.ScoreAsync(sources[0], Stop));
    }

    [Fact]
    public async Task A_stream_that_never_ends_stops_at_the_limit_of_an_image()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model, new ImageScorerOptions { Limits = new ImageLimits { MaxFileBytes = 100_000 } });
        ImageSource endless = ImageSource.FromStream(_ => ValueTask.FromResult<Stream>(new MemoryStream(new byte[1 << 20])), "endless");

        ImageRefusedException refused = await Assert.ThrowsAsync<ImageRefusedException>(() => scorer.ScoreAsync(endless, Stop));

        Assert.Equal(ImageRefusal.TooLarge, refused.Reason);
        Assert.StartsWith("endless ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_cancels_does_not_wait_for_the_stream()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        using CancellationTokenSource cancel = new();
        TaskCompletionSource opened = new();
        ImageSource slow = ImageSource.FromStream(async token =>
        {
            opened.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return Stream.Null;
        });

        Task<ScoredImage> scoring = scorer.ScoreAsync(slow, cancel.Token);
        await opened.Task.WaitAsync(Stop);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
    }

    [Fact]
    public async Task Results_bring_back_what_was_attached_to_their_sources()
    {
        using ImageScorer scorer = ImageScorer.Open(demo.Model);
        ImageSource shared = ImageSource.FromFile(TrainedDemo.TestImages[0]);
        IEnumerable<ImageSource> sources = Enumerable.Range(0, 8).Select(row => row == 3 ? ImageSource.Unusable("gap", "is missing").WithTag(row) : shared.WithTag(row));

        IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync([.. sources], Stop);

        Assert.Equal(Enumerable.Range(0, 8).Cast<object>(), results.Select(result => result.Source!.Tag!));
    }

    [Fact]
    public async Task A_model_may_come_from_a_source_that_is_waited_for()
    {
        Database database = new(new PromotedModel("7", demo.Model));
        using ReloadingImageScorer models = await ReloadingImageScorer.OpenAsync(database, cancellationToken: Stop);
        Assert.Equal("7", models.ModelVersion);

        database.Promoted = new PromotedModel("8", demo.Model);
        ModelReload reload = await models.RefreshAsync(Stop);

        Assert.Equal(("8", "7"), (reload.Serving, reload.Replaced));
        using ReloadingImageScorer blocking = ReloadingImageScorer.Open(database);
        Assert.Equal("8", blocking.ModelVersion);
    }

    private sealed class Database(PromotedModel promoted) : IModelSource
    {
        public PromotedModel Promoted { get; set; } = promoted;

        public async ValueTask<PromotedModel> GetCurrentAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            return Promoted;
        }
    }
}
