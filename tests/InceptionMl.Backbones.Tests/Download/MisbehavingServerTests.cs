using System.Globalization;
using InceptionMl.Backbones.Download;

namespace InceptionMl.Backbones.Tests.Download;

/// <summary>Whatever a server does: never a corrupt file under the file's name, always a clear end.</summary>
public sealed class MisbehavingServerTests : IDisposable
{
    private readonly DownloadScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_server_that_always_drops_ends_the_download()
    {
        await using ScriptedServer server = new(scene.Serve(atMost: 0));

        string refused = await scene.Refusal(scene.File(server.Address));

        Assert.StartsWith("weights.bin could not be fetched in 6 tries: ", refused, StringComparison.Ordinal);
        Assert.EndsWith($". Fetch {server.Address} by hand and put it at {scene.PathOf}.", refused, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
        Assert.Equal([1, 2, 4, 8, 16], scene.Time.Jumped.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Tries_that_bring_nothing_are_told_too()
    {
        await using ScriptedServer server = new(DownloadScene.Answer("503 Service Unavailable"));
        Attempts heard = new();

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => scene.Fetch(scene.File(server.Address), progress: heard));

        Assert.Equal(BackboneErrorReason.NotFetched, refused.Reason);
        Assert.Equal([1, 2, 3, 4, 5, 6], heard);
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    public async Task A_length_other_than_published_is_refused_before_the_body(int declared)
    {
        await using ScriptedServer server = new(async request =>
        {
            await request.HeadAsync("200 OK", string.Create(CultureInfo.InvariantCulture, $"Content-Length: {declared}"));
            await request.SendAsync(scene.Content);
        });

        Assert.Contains("bytes where 300,000 are published", await scene.Refusal(scene.File(server.Address)), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(400_000)]
    public async Task A_lie_about_a_length_that_is_not_published_brings_no_file(int declared)
    {
        await using ScriptedServer server = new(async request =>
        {
            await request.HeadAsync("200 OK", string.Create(CultureInfo.InvariantCulture, $"Content-Length: {declared}"));
            await request.SendAsync(scene.Content);
        });

        await scene.Refusal(scene.File(server.Address) with { Bytes = null });
    }

    [Fact]
    public async Task A_body_without_end_is_cut_off()
    {
        await using ScriptedServer server = new(async request =>
        {
            await request.HeadAsync("200 OK");
            while (true)
            {
                await request.SendAsync(scene.Content);
            }
        });

        Assert.Contains(
            "sends more than the 300,000 bytes that belong to the file",
            await scene.Refusal(scene.File(server.Address)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_bytes_are_refused_and_not_kept()
    {
        await using ScriptedServer server = new(scene.Serve(content: [.. scene.Content.Reverse()]));

        Assert.StartsWith("weights.bin is not the published file", await scene.Refusal(scene.File(server.Address)), StringComparison.Ordinal);
        Assert.False(File.Exists(scene.PathOf + ".part"));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_loop_of_redirections_ends(bool handlerRedirects)
    {
        using DownloadScene scene = new(handlerRedirects);
        await using ScriptedServer server = new(DownloadScene.Answer("302 Found", "Location: /weights.bin"));

        Assert.Contains("redirects more than 10 times", await scene.Refusal(scene.File(server.Address)), StringComparison.Ordinal);
        Assert.InRange(server.Requests.Count, 11, 11 * 51);
    }

    [Theory]
    [InlineData("307 Temporary Redirect")]
    [InlineData("301 Moved Permanently")]
    public async Task A_redirection_is_followed(string status)
    {
        await using ScriptedServer server = new(DownloadScene.Answer(status, "Location: /elsewhere"), scene.Serve());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.StartsWith("GET /elsewhere ", server.Requests.Last()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_to_a_file_is_not_followed()
    {
        await using ScriptedServer server = new(DownloadScene.Answer("302 Found", "Location: file:///etc/hostname"));

        Assert.Contains(
            "redirects to file, which is not safe to follow",
            await scene.Refusal(scene.File(server.Address)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("429 Too Many Requests", "Retry-After: 37")]
    [InlineData("503 Service Unavailable", "Retry-After: 37")]
    [InlineData("503 Service Unavailable", "Retry-After: Tue, 01 Jan 2030 00:00:37 GMT")]
    public async Task A_server_that_names_its_wait_is_given_it(string status, string retryAfter)
    {
        await using ScriptedServer server = new(DownloadScene.Answer(status, retryAfter), scene.Serve());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Equal([TimeSpan.FromSeconds(37)], scene.Time.Jumped);
    }

    [Fact]
    public async Task A_server_that_asks_for_too_long_a_wait_ends_the_download()
    {
        await using ScriptedServer server = new(DownloadScene.Answer("429 Too Many Requests", "Retry-After: 3600"));

        Assert.Contains(
            "answered 429 (Too Many Requests) and asks to wait 3600 s",
            await scene.Refusal(scene.File(server.Address)),
            StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_left_and_tried_again()
    {
        TaskCompletionSource silent = new();
        await using ScriptedServer server = new(
            async request =>
            {
                await request.HeadAsync("200 OK", "Content-Length: 300000", "ETag: \"one\"");
                await request.SendAsync(scene.Content.AsMemory(0, 1000));
                silent.SetResult();
                await request.FallSilentAsync();
            },
            scene.Serve());

        Task<DownloadedFile> fetching = scene.Fetch(scene.File(server.Address));
        await silent.Task.WaitAsync(Cancellation);
        scene.Time.PassLongWaits();

        await scene.AssertWholeAsync(await fetching);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task The_whole_download_has_a_deadline_where_one_is_set()
    {
        using DownloadScene scene = new() { Options = new DownloadOptions { IdleTimeout = Timeout.InfiniteTimeSpan, TotalTimeout = TimeSpan.FromHours(2) } };
        TaskCompletionSource silent = new();
        await using ScriptedServer server = new(request =>
        {
            silent.SetResult();
            return request.FallSilentAsync();
        });

        Task<string> refusal = scene.Refusal(scene.File(server.Address));
        await silent.Task.WaitAsync(Cancellation);
        scene.Time.PassLongWaits();

        Assert.StartsWith("weights.bin did not come within 7200 s. Fetch ", await refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_answer_is_refused()
    {
        await using ScriptedServer server = new(DownloadScene.Answer("200 OK", "Content-Encoding: br"));

        Assert.Contains("sends the file compressed", await scene.Refusal(scene.File(server.Address)), StringComparison.Ordinal);
    }

    private sealed class Attempts : List<int>, IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => Add(value.Attempt);
    }
}
