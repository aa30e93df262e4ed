using System.Collections.Concurrent;
using System.Text;
using InceptionMl.Models;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Scoring;

public sealed class ReloadingImageScorerTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Image => TrainedDemo.TestImages[0];

    [Fact]
    public async Task Swapping_under_load_fails_no_request_and_every_answer_names_a_version_in_service_at_its_time()
    {
        const int Last = 6;
        int promoted = 1;
        int serving = 1;
        byte[] image = await File.ReadAllBytesAsync(Image, Stop);
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => new PromotedModel(FormattableString.Invariant($"{Volatile.Read(ref promoted)}"), demo.Model));
        using SemaphoreSlim answered = new(0);
        ConcurrentBag<(int Earliest, int Answered, int Latest)> answers = [];
        Task[] clients = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(
            () =>
            {
                while (Volatile.Read(ref serving) < Last)
                {
                    int earliest = Volatile.Read(ref serving);
                    using ImageScorer scorer = models.Acquire();
                    ScoredImage answer = scorer.Score(image, Stop);
                    answers.Add((earliest, int.Parse(answer.ModelVersion!, null), Volatile.Read(ref promoted)));
                    answered.Release();
                }
            },
            Stop))];
        for (int version = 2; version <= Last; version++)
        {
            // Every version answers somebody before the next one is promoted.
            await answered.WaitAsync(Stop);
            Volatile.Write(ref promoted, version);
            Assert.True((await models.RefreshAsync(Stop)).Swapped);
            Volatile.Write(ref serving, version);
        }

        await Task.WhenAll(clients);

        Assert.All(answers, a => Assert.InRange(a.Answered, a.Earliest, a.Latest));
        Assert.True(answers.Select(a => a.Answered).Distinct().Count() > 1);
    }

    [Fact]
    public async Task An_old_network_is_released_after_its_last_request_and_not_before()
    {
        string version = "a";
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => new PromotedModel(version, demo.Model));
        ImageScorer request = models.Acquire();
        SharedNetwork old = request.Network;

        version = "b";
        ModelReload reload = await models.RefreshAsync(Stop);

        Assert.Equal(new ModelReload("b", "a", Problem: null), reload);
        Assert.Equal("a", request.Score(Image, Stop).ModelVersion);
        Assert.False(old.IsReleased);
        request.Dispose();
        Assert.True(old.IsReleased);
        using ImageScorer next = models.Acquire();
        Assert.Equal("b", next.Score(Image, Stop).ModelVersion);
    }

    [Fact]
    public async Task A_batch_begun_on_one_version_ends_on_it_and_errors_name_it_too()
    {
        string version = "a";
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => new PromotedModel(version, demo.Model));
        List<string?> versions = [];
        using (ImageScorer batch = models.Acquire())
        {
            await foreach (ScoringResult result in batch.ScoreAsync([ImageSource.FromFile(Image), ImageSource.Unusable("b", "is bad"), ImageSource.FromFile(Image)], Stop))
            {
                versions.Add(result.ModelVersion);
                version = "b";
                await models.RefreshAsync(Stop);
            }
        }

        Assert.Equal(["a", "a", "a"], versions);
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_old_version_serving()
    {
        bool fails = false;
        using ReloadingImageScorer models = ReloadingImageScorer.Open(
            () => fails ? throw new OperationCanceledException("the registry took too long") : new PromotedModel("a", demo.Model));

        fails = true;
        ModelReload reload = await models.RefreshAsync(Stop);

        Assert.Equal("The promoted model is not known, so a goes on serving: the registry took too long", reload.Problem);
        Assert.Equal("a", models.ModelVersion);
    }

    [Fact]
    public async Task A_version_whose_answers_are_not_numbers_is_not_put_in_service()
    {
        using TemporaryFolder folder = new();
        PromotedModel promoted = new("a", demo.Model);
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => promoted);

        promoted = new PromotedModel("b", OverflowingModel.Write(demo.Model, folder.At("overflows.zip")));
        ModelReload reload = await models.RefreshAsync(Stop);

        Assert.StartsWith(
            $"Version b could not be opened, so a goes on serving: {promoted.Path} gives probabilities that are not numbers", reload.Problem, StringComparison.Ordinal);
        Assert.Equal("a", models.ModelVersion);
    }

    [Fact]
    public async Task A_registry_is_followed()
    {
        using TemporaryFolder folder = new();
        byte[] zip = await File.ReadAllBytesAsync(demo.Model, Stop);
        Assert.Throws<RegistryException>(() => ReloadingImageScorer.OpenRegistry(folder.Path));

        void Promote(string version)
        {
            folder.Write($"versions/{version}/model.zip", zip);
            folder.Write("current", Encoding.ASCII.GetBytes($"{version}\n"));
        }

        Promote("0001");
        using ReloadingImageScorer models = ReloadingImageScorer.OpenRegistry(folder.Path, new ReloadingOptions());
        Promote("0002");

        Assert.Equal(new ModelReload("0002", "0001", Problem: null), await models.RefreshAsync(Stop));
    }

    [Fact]
    public async Task A_source_that_names_nothing_says_so()
    {
        PromotedModel?[] nothing = [null, new(null!, demo.Model), new(string.Empty, demo.Model), new("b", null!)];
        Assert.All(nothing, none => Assert.Throws<InvalidOperationException>(() => ReloadingImageScorer.Open(() => none!)));

        PromotedModel? promoted = new("a", demo.Model);
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() => promoted!);
        promoted = null;
        Assert.StartsWith(
            "The promoted model is not known, so a goes on serving: The source of the promoted model named none",
            (await models.RefreshAsync(Stop)).Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_disposal_nothing_is_acquired_and_what_was_acquired_works_on()
    {
        ReloadingImageScorer models = ReloadingImageScorer.Open(() => new PromotedModel("a", demo.Model));
        using ImageScorer request = models.Acquire();
        models.Dispose();
        models.Dispose();

        Assert.Throws<ObjectDisposedException>(models.Acquire);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => models.RefreshAsync(Stop));
        Assert.NotEmpty(request.Score(Image, Stop).Label);
        request.Dispose();
        Assert.True(request.Network.IsReleased);
    }

    [Fact]
    public void A_first_version_that_cannot_be_opened_is_an_exception() =>
        Assert.Throws<ModelFormatException>(() => ReloadingImageScorer.Open(() => new PromotedModel("a", Path.GetTempPath())));

    [Fact]
    public async Task Whoever_cancels_a_refresh_does_not_wait_for_a_source_that_is_held_up()
    {
        using ManualResetEventSlim held = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int asks = 0;
        using ReloadingImageScorer models = ReloadingImageScorer.Open(() =>
        {
            if (++asks == 2)
            {
                asked.SetResult();
                held.Wait(Stop);
            }

            return new PromotedModel(asks == 1 ? "1" : "2", demo.Model);
        });
        Task<ModelReload> refresh = models.RefreshAsync(stop.Token);
        await asked.Task.WaitAsync(Stop);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refresh.WaitAsync(TimeSpan.FromSeconds(30), Stop));
        held.Set();
        ModelReload next = await models.RefreshAsync(Stop);

        // Canceled is canceled: the second version came into service by the refresh after.
        Assert.Equal(("1", "2"), (next.Replaced, next.Serving));
    }
}
