using System.Collections.Concurrent;
using InceptionMl.Images;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

public sealed class ImageScorerOptionsTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Image => TrainedDemo.TestImages[0];

    private ImageScorer Open(ImageScorerOptions? options = null, TimeProvider? time = null) => ImageScorer.Open(demo.Model, options, time);

    private ReloadingImageScorer OpenReloading(ReloadingOptions options) =>
        ReloadingImageScorer.Open(() => new PromotedModel("a", demo.Model), options);

    [Fact]
    public void Top_k_keeps_the_most_probable_labels_best_first()
    {
        using ImageScorer whole = Open();
        using ImageScorer scorer = Open(new ImageScorerOptions { TopK = 2 });

        ScoredImage expected = whole.Score(Image, Stop);
        ScoredImage image = scorer.Score(Image, Stop);

        Assert.Equal(expected.Top(2), image.Scores);
        Assert.Equal((expected.Label, expected.Probability), (image.Label, image.Probability));
        Assert.Equal(expected.Label, image.Scores.First().Key);
    }

    [Fact]
    public void Asking_for_more_labels_than_there_are_gives_all()
    {
        using ImageScorer scorer = Open(new ImageScorerOptions { TopK = 1000 });

        Assert.Equal(scorer.Labels.Order(StringComparer.Ordinal), scorer.Score(Image, Stop).Scores.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_model_abstains_below_the_threshold_and_not_at_it()
    {
        using ImageScorer plain = Open();
        ScoredImage accepted = plain.Score(Image, Stop);
        using ImageScorer at = Open(new ImageScorerOptions { AbstainBelow = accepted.Probability });
        string hardest = TrainedDemo.TestImages.MinBy(i => plain.Score(i, Stop).Probability)!;
        float least = plain.Score(hardest, Stop).Probability;
        using ImageScorer above = Open(new ImageScorerOptions { AbstainBelow = MathF.BitIncrement(least) });

        Assert.Equal(ScoringOutcome.Accepted, accepted.Outcome);
        Assert.Equal(ScoringOutcome.Accepted, at.Score(Image, Stop).Outcome);
        Assert.Equal(ScoringOutcome.Uncertain, above.Score(hardest, Stop).Outcome);
        Assert.Equal(plain.Score(hardest, Stop).Label, above.Score(hardest, Stop).Label);
    }

    [Fact]
    public async Task A_late_image_is_an_error_of_its_own_and_the_others_go_on()
    {
        ImageScorerOptions options = new() { Deadline = TimeSpan.FromSeconds(3), Workers = 1 };
        using ImageScorer scorer = Open(options, new ManualTime(TimeSpan.FromSeconds(2)));

        IReadOnlyList<ScoringResult> results = await scorer.ScoreBatchAsync([ImageSource.FromFile(Image, "a"), ImageSource.Unusable("b", "is bad")], Stop);

        Assert.StartsWith("was not scored within its deadline of 3 s", results[0].Error, StringComparison.Ordinal);
        Assert.Equal("is bad", results[1].Error);
        Assert.StartsWith($"{Image} was not scored", Assert.Throws<TimeoutException>(() => scorer.Score(Image, Stop)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_in_time_is_scored_and_warming_up_has_no_deadline()
    {
        using ImageScorer scorer = Open(new ImageScorerOptions { Deadline = TimeSpan.FromSeconds(7) }, new ManualTime(TimeSpan.FromSeconds(3)));
        using ImageScorer never = Open(new ImageScorerOptions { Deadline = TimeSpan.FromSeconds(1) }, new ManualTime(TimeSpan.FromSeconds(3)));

        Assert.NotEmpty(scorer.Score(Image, Stop).Label);
        never.WarmUp(Stop);
        Assert.Throws<TimeoutException>(() => never.Score(Image, Stop));
    }

    [Fact]
    public void Warming_up_changes_no_answer()
    {
        using ImageScorer cold = Open();
        using ImageScorer warm = Open();
        warm.WarmUp(Stop);

        Assert.Equal(cold.Score(Image, Stop).Scores, warm.Score(Image, Stop).Scores);
    }

    [Fact]
    public async Task A_stream_of_images_is_read_no_further_than_the_workers_need_and_closed_when_the_reader_leaves()
    {
        using ImageScorer scorer = Open(new ImageScorerOptions { Workers = 2 });
        byte[] image = await File.ReadAllBytesAsync(Image, Stop);
        int read = 0;
        bool closed = false;

        async IAsyncEnumerable<ImageSource> Source()
        {
            try
            {
                while (true)
                {
                    await Task.Yield();
                    yield return ImageSource.FromBytes(image, FormattableString.Invariant($"{Interlocked.Increment(ref read)}"));
                }
            }
            finally
            {
                closed = true;
            }
        }

        int taken = 0;
        await foreach (ScoringResult result in scorer.ScoreAsync(Source(), Stop))
        {
            Assert.Equal(FormattableString.Invariant($"{++taken}"), result.Name);
            Assert.InRange(Volatile.Read(ref read), taken, taken + 10);
            if (taken == 20)
            {
                break;
            }
        }

        Assert.True(closed);
    }

    [Fact]
    public async Task A_stream_that_fails_ends_the_results_with_its_exception()
    {
        using ImageScorer scorer = Open(new ImageScorerOptions { Workers = 1 });
        byte[] image = await File.ReadAllBytesAsync(Image, Stop);
        using SemaphoreSlim failing = new(0);

        // No image is scored before the source fails.
        ImageSource Late(string name) => ImageSource.FromStream(
            () =>
            {
                failing.Wait(Stop);
                return new MemoryStream(image);
            },
            name);

        async IAsyncEnumerable<ImageSource> Source()
        {
            yield return Late("a");
            yield return Late("b");
            await Task.Yield();
            yield return Late("c");
            failing.Release(3);
            throw new FormatException();
        }

        List<string> names = [];
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (ScoringResult result in scorer.ScoreAsync(Source(), Stop))
            {
                names.Add(result.Name);
            }
        });

        Assert.Equal(["a", "b", "c"], names);
    }

    [Fact]
    public async Task The_deadline_is_asked_while_a_stream_is_read()
    {
        ImageScorerOptions options = new() { Deadline = TimeSpan.FromSeconds(3), Limits = new ImageLimits { MaxFileBytes = 1 << 20 } };
        using ImageScorer scorer = Open(options, new ManualTime(TimeSpan.FromSeconds(2)));
        int read = 0;
        using EndlessStream endless = new(count => read = count);

        Assert.Throws<TimeoutException>(() => scorer.Score(endless, Stop));
        ScoringResult result = (await scorer.ScoreBatchAsync([ImageSource.FromStream(() => new EndlessStream(static _ => { }))], Stop)).Single();

        Assert.Equal(1, read);
        Assert.StartsWith("was not scored within its deadline", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_is_asked_while_a_stream_is_read()
    {
        using ImageScorer scorer = Open(new ImageScorerOptions { Limits = new ImageLimits { MaxFileBytes = 1 << 20 } });
        using CancellationTokenSource canceled = new();
        using EndlessStream endless = new(count =>
        {
            Assert.Equal(1, count);
            canceled.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => scorer.Score(endless, canceled.Token));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_threshold_is_a_probability(float threshold) =>
        Assert.Throws<ArgumentException>(() => Open(new ImageScorerOptions { AbstainBelow = threshold }));

    [Fact]
    public void Options_out_of_range_are_refused_where_a_scorer_is_opened()
    {
        ImageScorerOptions[] wrong =
        [
            new() { TopK = 0 }, new() { Workers = -1 }, new() { Workers = 1025 }, new() { Deadline = TimeSpan.Zero },
            new() { Limits = new ImageLimits { MaxPixels = 0 } }, new() { Limits = new ImageLimits { MaxFileBytes = 0 } },
        ];

        Assert.All(wrong, options => Assert.Throws<ArgumentException>(() => Open(options)));
        Assert.All(wrong, options => Assert.Throws<ArgumentException>(() => OpenReloading(new ReloadingOptions { Scorer = options })));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(60d * 24 * 60 * 60 * 1000)]
    public void An_interval_out_of_range_is_refused(double milliseconds) =>
        Assert.Throws<ArgumentException>(() => OpenReloading(new ReloadingOptions { PollInterval = TimeSpan.FromMilliseconds(milliseconds) }));

    [Fact]
    public void Every_option_out_of_range_has_a_sentence()
    {
        string message = Assert.Throws<ArgumentException>(() => Open(new ImageScorerOptions { TopK = 0, Workers = -1 })).Message;

        Assert.Contains("The field TopK must be between 1 and", message, StringComparison.Ordinal);
        Assert.Contains("The field Workers must be between 0 and 1024.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Open(new ImageScorerOptions { Limits = null! }));
        Assert.Throws<ArgumentException>(() => OpenReloading(new ReloadingOptions { Scorer = null! }));
        Assert.Throws<ArgumentNullException>(() => ImageSource.Unusable("a", null!));
        Assert.Throws<ArgumentException>(() => ImageSource.Unusable("a", string.Empty));
        Assert.Throws<ArgumentNullException>(() => ImageSource.FromBytes(ReadOnlyMemory<byte>.Empty, null!));
    }

    [Fact]
    public async Task Features_that_are_kept_are_not_computed_again()
    {
        KeptFeatures kept = new();
        using ImageScorer plain = Open();
        using ImageScorer scorer = Open(new ImageScorerOptions { FeatureCache = kept });

        ScoredImage first = scorer.Score(Image, Stop);
        ScoringResult second = (await scorer.ScoreBatchAsync([ImageSource.FromFile(Image)], Stop))[0];
        Array.Clear(Assert.Single(kept.Features).Value);
        ScoredImage third = scorer.Score(Image, Stop);

        Assert.Equal(plain.Score(Image, Stop).Scores, first.Scores);
        Assert.Equal(first.Scores, second.Image!.Scores);
        Assert.NotEqual(first.Scores, third.Scores);
    }

    [Fact]
    public void Features_of_other_kernels_are_not_kept()
    {
        KeptFeatures kept = new();
        using ImageScorer scorer = Open(new ImageScorerOptions { FeatureCache = kept, ConfigureSession = _ => { } });

        scorer.Score(Image, Stop);

        Assert.Empty(kept.Features);
    }

    private sealed class KeptFeatures : IFeatureCache
    {
        public ConcurrentDictionary<string, float[]> Features { get; } = [];

        public bool TryGet(string space, ReadOnlySpan<byte> image, Span<float> features)
        {
            bool found = Features.TryGetValue(space + Convert.ToHexString(image), out float[]? kept);
            kept?.CopyTo(features);
            return found;
        }

        public void Put(string space, ReadOnlySpan<byte> image, ReadOnlySpan<float> features) =>
            Features[space + Convert.ToHexString(image)] = features.ToArray();
    }
}
