using System.IO.Compression;
using System.Security.Cryptography;
using InceptionMl.Backbones.Download;
using InceptionMl.Backbones.Pulling;
using InceptionMl.Backbones.Tests.Download;
using InceptionMl.Backbones.Tests.Importing;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Pulling;

/// <summary>From a server to the store, whatever the server does: a backbone is there whole, or not at all and it is said why.</summary>
public sealed class BackbonePullTests : IDisposable
{
    private static readonly byte[] Graph = File.ReadAllBytes(ImportScene.Graph("inception5h.pb"));

    private readonly DownloadScene scene = new();
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ImpatientTime time = new();
    private readonly BackboneStore store;

    public BackbonePullTests() => store = new BackboneStore(folder.At("store"), time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
        scene.Dispose();
    }

    private static CatalogEntry Entry(Uri address, byte[] content, string file = "tiny.pb", string? member = null) => new()
    {
        Name = "tiny",
        Network = "inception-v1",
        File = new PublishedFile(file, address, content.Length, new PublishedChecksum(ChecksumKind.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)))),
        Format = WeightFormat.TensorFlowGraphDef,
        ArchiveMember = member,
        License = "Apache-2.0",
        Side = 32,
        Channels = "RGB",
        Offset = [117, 117, 117],
        Scale = [1, 1, 1],
        FeatureWidth = 16,
    };

    private Task<PulledBackbone> PullAsync(
        CatalogEntry entry,
        string? from = null,
        BackbonePreprocessing? preprocessing = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken? cancellationToken = null) =>
        new BackbonePull(client, store, new DownloadOptions { IdleTimeout = TimeSpan.FromHours(1) }, time)
            .PullAsync(entry, from, preprocessing, progress, cancellationToken ?? Cancellation);

    private async Task<string> RefusalAsync(CatalogEntry entry, string? from = null)
    {
        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => PullAsync(entry, from));
        Assert.Empty(store.List());
        string byHand = $" Fetch {entry.File.Address} by hand and put it at {Path.Combine(store.DownloadFolder, entry.File.FileName)}.";
        Assert.Equal(refused.Reason == BackboneErrorReason.NotFetched, refused.Message.EndsWith(byHand, StringComparison.Ordinal));
        Assert.Equal(from is null && !refused.Message.Contains("vouches", StringComparison.Ordinal), refused.Reason == BackboneErrorReason.NotFetched);
        Assert.InRange(refused.Message.Split(entry.File.Address.ToString()).Length, 1, 2);
        Assert.DoesNotContain("inceptionml ", refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }

    private string[] Downloads() => [.. Directory.GetFiles(store.DownloadFolder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Published_weights_become_a_backbone_and_the_download_is_gone()
    {
        await using ScriptedServer server = new(scene.Serve(content: Graph, atMost: 9_000), scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph);

        PulledBackbone pulled = await PullAsync(entry);

        Assert.Equal(("tiny", "inception-v1", "Apache-2.0"), (pulled.Stored.Name, pulled.Stored.Card!.Network, pulled.Stored.Card.License));
        Assert.Contains(server.Address.ToString(), pulled.Stored.Card.Provenance, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        Assert.Empty(Downloads());
        Assert.Equal(32, Backbone.Open("tiny", new BackboneOptions { Store = store }).Preprocessing.Width);
    }

    [Fact]
    public async Task What_is_stored_is_not_fetched_again()
    {
        await using ScriptedServer server = new(scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph);

        PulledBackbone first = await PullAsync(entry);
        PulledBackbone second = await PullAsync(entry);

        Assert.Single(server.Requests);
        Assert.Equal(first.Stored.Card!.Sha256, second.Stored.Card!.Sha256);
        Assert.Null(second.Imported);
    }

    [Fact]
    public async Task Two_pulls_at_once_fetch_once()
    {
        await using ScriptedServer server = new(scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph);

        PulledBackbone[] both = await Task.WhenAll(PullAsync(entry), PullAsync(entry));

        Assert.Single(server.Requests);
        Assert.Single(both, pulled => pulled.Imported is null);
    }

    [Fact]
    public async Task A_member_of_an_archive_is_unpacked_and_imported()
    {
        using MemoryStream zipped = new();
        using (ZipArchive zip = new(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = zip.CreateEntry("graph.pb").Open();
            member.Write(Graph);
        }

        await using ScriptedServer server = new(scene.Serve(content: zipped.ToArray()));

        PulledBackbone pulled = await PullAsync(Entry(server.Address, zipped.ToArray(), "tiny.zip", "graph.pb"));

        Assert.Equal("tiny", pulled.Stored.Name);
        Assert.Empty(Downloads());
    }

    [Fact]
    public async Task Servers_that_misbehave_leave_no_entry_and_end_clearly()
    {
        await using ScriptedServer drops = new(scene.Serve(content: Graph, atMost: 0));
        await using ScriptedServer wrong = new(scene.Serve(content: [.. Graph.Reverse()]));
        await using ScriptedServer lies = new(scene.Serve(content: Graph[..^1]));
        await using ScriptedServer busy = new(DownloadScene.Answer("503 Service Unavailable"));
        await using ScriptedServer refuses = new(DownloadScene.Answer("429 Too Many Requests", "Retry-After: 86400"));
        await using ScriptedServer loops = new(DownloadScene.Answer("302 Found", "Location: /weights.bin"));
        await using ScriptedServer gone = new(DownloadScene.Answer("404 Not Found"));

        Assert.Contains("could not be fetched", await RefusalAsync(Entry(drops.Address, Graph)), StringComparison.Ordinal);
        Assert.Contains("is not the published file", await RefusalAsync(Entry(wrong.Address, Graph)), StringComparison.Ordinal);
        Assert.Contains("are published", await RefusalAsync(Entry(lies.Address, Graph)), StringComparison.Ordinal);
        Assert.Contains("503", await RefusalAsync(Entry(busy.Address, Graph)), StringComparison.Ordinal);
        Assert.Contains("429", await RefusalAsync(Entry(refuses.Address, Graph)), StringComparison.Ordinal);
        Assert.Contains("could not be fetched", await RefusalAsync(Entry(loops.Address, Graph)), StringComparison.Ordinal);
        Assert.Contains("404", await RefusalAsync(Entry(gone.Address, Graph)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_falls_silent_ends_the_pull_and_the_next_goes_on()
    {
        TaskCompletionSource silent = new();
        await using ScriptedServer server = new(
            scene.Serve(content: Graph, atMost: 9_000),
            request =>
            {
                silent.SetResult();
                return request.FallSilentAsync();
            },
            DownloadScene.Answer("404 Not Found"),
            scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph);
        Task<string> refusal = RefusalAsync(entry);
        await silent.Task.WaitAsync(Cancellation);
        time.PassLongWaits();
        Assert.Contains("404", await refusal, StringComparison.Ordinal);

        await PullAsync(entry);

        Assert.Contains("Range: bytes=9000-", server.Requests.Last());
        Assert.Empty(Downloads());
    }

    [Fact]
    public async Task An_interrupted_pull_keeps_what_came_and_stores_nothing()
    {
        using CancellationTokenSource interrupt = new();
        await using ScriptedServer server = new(async request =>
        {
            await request.HeadAsync("200 OK", $"Content-Length: {Graph.Length}", "ETag: \"one\"");
            await request.SendAsync(Graph.AsMemory(0, 9_000));
            await request.FallSilentAsync();
        });

        CancelAt nine = new(9_000, interrupt);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PullAsync(Entry(server.Address, Graph), progress: nine, cancellationToken: interrupt.Token));

        Assert.Empty(store.List());
        Assert.Equal(["tiny.pb.part", "tiny.pb.part.json"], Downloads());
    }

    [Fact]
    public async Task A_file_fetched_by_hand_is_verified_all_the_same()
    {
        CatalogEntry entry = Entry(new Uri("https://example.invalid/tiny.pb"), Graph);
        string other = folder.Write("other.pb", [.. Graph.Reverse()]);
        string same = folder.Write("same.pb", Graph);

        Assert.Contains("is not the published file", await RefusalAsync(entry, other), StringComparison.Ordinal);
        Assert.Contains("neither a file that exists nor a web address", await RefusalAsync(entry, folder.At("none.pb")), StringComparison.Ordinal);
        PulledBackbone pulled = await PullAsync(entry, same);

        Assert.Equal("tiny", pulled.Stored.Name);
        Assert.Equal(Graph, await File.ReadAllBytesAsync(same, Cancellation));
    }

    [Fact]
    public async Task A_checksum_that_is_not_published_is_recorded_on_first_use()
    {
        await using ScriptedServer server = new(scene.Serve(content: Graph), scene.Serve(content: [.. Graph, 0x22, 0]));
        CatalogEntry entry = Entry(server.Address, Graph);
        entry = entry with { File = entry.File with { Bytes = null, Checksum = null } };
        await PullAsync(entry);
        Assert.Equal(["tiny.pb.sha256"], Downloads());
        await store.RemoveAsync("tiny", Cancellation);

        Assert.Contains("nobody vouches for the change", await RefusalAsync(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_place_of_a_file_without_a_checksum_is_not_taken_for_the_file_for_ever()
    {
        byte[] page = "<html>Sign in to this network</html>"u8.ToArray();
        await using ScriptedServer server = new(scene.Serve(content: page, tag: "\"page\""), scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph);
        entry = entry with { File = entry.File with { Bytes = null, Checksum = null } };

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => PullAsync(entry));
        Assert.Contains("none of the forms", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("what came is deleted and the next pull fetches it again.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Downloads());

        Assert.Equal("tiny", (await PullAsync(entry)).Stored.Name);
        Assert.Equal(["tiny.pb.sha256"], Downloads());
    }

    [Fact]
    public async Task A_pull_over_a_stored_backbone_mends_it_refuses_other_preparation_and_clears_what_a_kill_left()
    {
        await using ScriptedServer server = new(scene.Serve(content: Graph), scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph);
        StoredBackbone first = (await PullAsync(entry)).Stored;
        await File.WriteAllBytesAsync(first.OnnxPath, [1, 2, 3], Cancellation);

        PulledBackbone mended = await PullAsync(entry);
        Assert.NotNull(mended.Imported);
        await store.VerifyAsync("tiny", Cancellation);

        await File.WriteAllBytesAsync(Path.Combine(store.DownloadFolder, "tiny.pb"), Graph, Cancellation);
        Assert.Null((await PullAsync(entry, preprocessing: ImportScene.Preprocessing)).Imported);
        Assert.Empty(Downloads());
        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => PullAsync(entry, preprocessing: ImportScene.Preprocessing with { Channels = "BGR" }));
        Assert.Equal("The store already has tiny with other preprocessing (channels RGB where BGR is wanted): remove it first.", refused.Message);
    }

    [Fact]
    public async Task Preparation_that_nobody_has_published_is_demanded_before_anything_is_fetched()
    {
        await using ScriptedServer server = new(scene.Serve(content: Graph));
        CatalogEntry entry = Entry(server.Address, Graph) with { Offset = null };

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => PullAsync(entry));
        Assert.Equal(BackboneErrorReason.NoPreprocessing, refused.Reason);
        Assert.Empty(server.Requests);

        PulledBackbone pulled = await PullAsync(entry, preprocessing: ImportScene.Preprocessing);
        Assert.Equal([117, 117, 117], pulled.Stored.Card!.Input.Offset);
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
