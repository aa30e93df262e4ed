using System.Net;
using InceptionMl.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace InceptionMl.AspNetCore.Tests;

/// <summary>An application with a wrong setting or no model does not start, and says why in a sentence.</summary>
[Collection(SharedModelCollection.Name)]
public sealed class StartTests(TrainedDemo demo)
{
    private static async Task<string> RefusedAsync<T>(Action<ImageScoringOptions> configure)
        where T : Exception
    {
        await using WebApplication app = ScoringApp.Build(configure);
        return (await Assert.ThrowsAsync<T>(() => app.StartAsync(TestContext.Current.CancellationToken))).Message;
    }

    public static TheoryData<Action<ImageScoringOptions>, string> WrongSettings => new()
    {
        { o => o.Workers = -1, nameof(ImageScoringOptions.Workers) },
        { o => o.QueueLength = 0, nameof(ImageScoringOptions.QueueLength) },
        { o => o.MaxImageBytes = 0, nameof(ImageScoringOptions.MaxImageBytes) },
        { o => o.MaxPixels = 0, nameof(ImageScoringOptions.MaxPixels) },
        { o => o.MaxImages = 0, nameof(ImageScoringOptions.MaxImages) },
        { o => o.MaxExplainedImages = 0, nameof(ImageScoringOptions.MaxExplainedImages) },
        { o => o.RequestTimeout = TimeSpan.Zero, nameof(ImageScoringOptions.RequestTimeout) },
        { o => o.RetryAfter = TimeSpan.FromHours(2), nameof(ImageScoringOptions.RetryAfter) },
        { o => o.ReloadInterval = TimeSpan.Zero, nameof(ImageScoringOptions.ReloadInterval) },
        { o => o.AbstainBelow = 1.5f, nameof(ImageScoringOptions.AbstainBelow) },
        { o => o.ApiKey = "short", nameof(ImageScoringOptions.ApiKey) },
        { o => (o.QueueLength, o.MaxImages) = (8, 9), "QueueLength is less than MaxImages" },
        { o => o.MaxHeldBytes = 1_000, "MaxHeldBytes is less than MaxRequestBytes" },
        { o => o.MaxRequestBytes = 1_000, "MaxRequestBytes is less than MaxImageBytes" },
    };

    [Theory]
    [MemberData(nameof(WrongSettings), DisableDiscoveryEnumeration = true)]
    public async Task A_wrong_setting_is_named(Action<ImageScoringOptions> wrong, string named)
    {
        string message = await RefusedAsync<OptionsValidationException>(o =>
        {
            o.FromFile(demo.Model);
            wrong(o);
        });

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain("short", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scorer_without_a_model_says_how_to_give_it_one() =>
        Assert.Contains("call FromFile or FromRegistry", await RefusedAsync<OptionsValidationException>(_ => { }), StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_or_damaged_model_is_one_sentence_that_names_it()
    {
        using TemporaryFolder folder = new();
        string damaged = folder.Write("model.zip", "no zip"u8.ToArray());

        string missing = await RefusedAsync<ImageScorerStartException>(o => o.FromFile(folder.At("none.zip")));
        string empty = await RefusedAsync<ImageScorerStartException>(o => o.FromRegistry(folder.Path));

        Assert.Equal($"The scorer '{ScoringApp.Name}' cannot start: {folder.At("none.zip")} does not exist.", missing);
        Assert.Contains($"{folder.Path} is a folder and no registry of models", empty, StringComparison.Ordinal);
        string broken = await RefusedAsync<ImageScorerStartException>(o => o.FromFile(damaged));
        Assert.Contains($"{damaged} is no readable zip file", broken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_smaller_than_the_picture_it_warms_up_with_do_not_keep_it_from_starting()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o =>
        {
            o.FromFile(demo.Model);
            (o.MaxPixels, o.MaxImageBytes) = (1_000, 2_000);
        });

        Assert.True(app.Scorer.IsReady);
        await ScoringApp.ProblemAsync(await app.PostAsync(Encoded.BitmapHeader(40, 30), "image/bmp"), 413);
    }

    [Fact]
    public void A_name_is_given_once()
    {
        ServiceCollection services = [];
        services.AddImageScorer("a", o => o.FromFile(demo.Model));

        Assert.Throws<ArgumentException>(() => services.AddImageScorer("a", o => o.FromFile(demo.Model)));
        Assert.Throws<ArgumentException>(() => services.AddImageScorer(" ", o => o.FromFile(demo.Model)));
    }

    [Fact]
    public async Task Several_scorers_have_addresses_of_their_own()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(
            o => o.FromFile(demo.Model),
            services => services.AddImageScorer("second", o =>
            {
                o.FromFile(demo.Model);
                o.AbstainBelow = 1;
            }),
            (web, _) => web.MapImageScoring("/second", "second"),
            defaultName: ScoringApp.Name);

        byte[] image = await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken);
        using HttpResponseMessage response = await app.Client.PostAsync("/second", ScoringApp.Raw(image, "image/jpeg"), TestContext.Current.CancellationToken);

        Assert.Equal("second", (await ScoringApp.JsonAsync(response)).GetProperty("model").GetProperty("name").GetString());
        string unnamed = Assert.Throws<InvalidOperationException>(() => app.App.MapImageScoring("/x")).Message;
        string unknown = Assert.Throws<InvalidOperationException>(() => app.App.MapImageScoring("/x", "third")).Message;
        Assert.Contains("name one in MapImageScoring", unnamed, StringComparison.Ordinal);
        Assert.Contains("No scorer named 'third'", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_of_the_application_scores_in_turn_with_the_requests()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));
        byte[] image = await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken);

        Assert.Equal("bolt", (await app.Scorer.ScoreAsync(image, TestContext.Current.CancellationToken)).Label);
        await Assert.ThrowsAsync<Images.ImageRefusedException>(() => app.Scorer.ScoreAsync("text"u8.ToArray(), TestContext.Current.CancellationToken));
        await app.App.StopAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ScoringOverloadedException>(() => app.Scorer.ScoreAsync(image, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ready_is_told_from_live()
    {
        await using ScoringApp app = await ScoringApp.StartAsync(o => o.FromFile(demo.Model));

        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        await app.Scorer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/health/live", TestContext.Current.CancellationToken)).StatusCode);
        await ScoringApp.ProblemAsync(await app.PostAsync(await File.ReadAllBytesAsync(TrainedDemo.TestImages[0], TestContext.Current.CancellationToken)), 503);
    }
}
