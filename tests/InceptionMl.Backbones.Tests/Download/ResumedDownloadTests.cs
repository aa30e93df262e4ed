using InceptionMl.Backbones.Download;

namespace InceptionMl.Backbones.Tests.Download;

/// <summary>Downloads that go on where they were broken off, and what is not gone on from.</summary>
public sealed class ResumedDownloadTests : IDisposable
{
    private readonly DownloadScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_dropped_connection_is_gone_on_from()
    {
        await using ScriptedServer server = new(scene.Serve(atMost: 100_000), scene.Serve(atMost: 50_000), scene.Serve());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("If-Range: \"one\"", server.Requests.Last());
        Assert.Contains("Range: bytes=150000-", server.Requests.Last());
    }

    [Fact]
    public async Task A_later_run_goes_on_where_an_earlier_one_ended()
    {
        await using ScriptedServer server = new(scene.Serve(atMost: 100_000), DownloadScene.Answer("404 Not Found"), scene.Serve());
        await scene.Refusal(scene.File(server.Address));

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Contains("Range: bytes=100000-", server.Requests.Last());
    }

    [Fact]
    public async Task A_server_that_drops_often_but_brings_more_each_time_is_put_up_with()
    {
        byte[] large = new byte[12 << 20];
        await using ScriptedServer server = new(scene.Serve(atMost: 1 << 20, content: large));

        DownloadedFile downloaded = await scene.Fetch(new PublishedFile("weights.bin", server.Address, large.Length, null));

        Assert.Equal((large.LongLength, 12), (downloaded.Bytes, server.Requests.Count));
    }

    [Fact]
    public async Task A_canceled_download_stops_and_keeps_what_came()
    {
        using CancellationTokenSource canceling = new();
        await using ScriptedServer server = new(
            async request =>
            {
                await request.HeadAsync("200 OK", "Content-Length: 300000", "ETag: \"one\"");
                await request.SendAsync(scene.Content.AsMemory(0, 100_000));
                await request.FallSilentAsync();
            },
            scene.Serve());

        Task<DownloadedFile> fetching = scene.Fetch(scene.File(server.Address), progress: new CancelAt(100_000, canceling), cancellationToken: canceling.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));
        Assert.Contains("Range: bytes=100000-", server.Requests.Last());
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_everything_again()
    {
        await using ScriptedServer server = new(scene.Serve(atMost: 100_000), scene.Serve(tag: "\"other\""));

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Contains("Range: bytes=100000-", server.Requests.Last());
    }

    [Fact]
    public async Task Another_version_is_not_appended_to_the_first_ones_bytes()
    {
        byte[] old = [.. scene.Content.Reverse()];
        await using ScriptedServer server = new(
            scene.Serve(atMost: 100_000, content: old),
            async request =>
            {
                await request.HeadAsync("206 Partial Content", "Content-Length: 200000", "Content-Range: bytes 100000-299999/300000", "ETag: \"two\"");
                await request.SendAsync(scene.Content.AsMemory(100_000));
            },
            scene.Serve(tag: "\"two\""));

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Equal(3, server.Requests.Count);
        Assert.DoesNotContain(server.Requests.Last(), line => line.StartsWith("Range:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pieces_of_two_versions_under_one_tag_are_fetched_once_more_in_one_piece()
    {
        byte[] old = [.. scene.Content.Reverse()];
        await using ScriptedServer server = new(scene.Serve(atMost: 100_000, content: old), scene.Serve());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Bytes_left_by_a_killed_process_without_their_origin_are_not_gone_on_from()
    {
        await using ScriptedServer server = new(scene.Serve());
        scene.Folder.Write("weights.bin.part", [1, 2, 3]);
        scene.Folder.Write("weights.bin.part.json", "{\"Addr"u8.ToArray());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.DoesNotContain(server.Requests.Single(), line => line.StartsWith("Range:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_bytes_left_by_a_killed_process_need_no_request()
    {
        await using ScriptedServer server = new(scene.Serve());
        scene.Folder.Write("weights.bin.part", scene.Content);

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_range_the_server_does_not_have_starts_anew()
    {
        await using ScriptedServer server = new(
            scene.Serve(atMost: 100_000), DownloadScene.Answer("416 Range Not Satisfiable", "Content-Range: bytes */300000"), scene.Serve());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));
    }

    private sealed class CancelAt(long bytes, CancellationTokenSource canceling) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Bytes >= bytes)
            {
                canceling.Cancel();
            }
        }
    }
}
