using InceptionMl.Backbones.Download;

namespace InceptionMl.Backbones.Tests.Download;

public sealed class VerifiedDownloadTests : IDisposable
{
    private readonly DownloadScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task A_file_comes_whole_with_its_progress()
    {
        await using ScriptedServer server = new(scene.Serve());
        Reports reports = new();

        DownloadedFile downloaded = await scene.Fetch(scene.File(server.Address), progress: reports);

        await scene.AssertWholeAsync(downloaded);
        Assert.Equal(new DownloadProgress(scene.Content.Length, scene.Content.Length, 1), reports[^1]);
        Assert.Equal(reports.Select(report => report.Bytes).Order(), reports.Select(report => report.Bytes));
    }

    [Fact]
    public async Task A_file_that_is_there_needs_no_network()
    {
        await using ScriptedServer server = new(DownloadScene.Answer("500 Internal Server Error"));
        scene.Folder.Write("weights.bin", scene.Content);

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(server.Address)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_wrong_file_put_there_by_hand_is_refused_and_kept()
    {
        await using ScriptedServer server = new(scene.Serve());
        scene.Folder.Write("weights.bin", [1, 2, 3]);

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => scene.Fetch(scene.File(server.Address)));

        Assert.Equal($"weights.bin has 3 bytes where 300,000 are published. Delete {scene.PathOf} to have it fetched again.", refused.Message);
        Assert.True(File.Exists(scene.PathOf));
    }

    [Fact]
    public async Task A_missing_download_says_what_to_fetch_by_hand_and_where_to_put_it()
    {
        await using ScriptedServer server = new(DownloadScene.Answer("404 Not Found"));

        Assert.Equal(
            $"weights.bin could not be fetched in 1 try: the server answered 404 (Not Found). Fetch {server.Address} by hand and put it at {scene.PathOf}.",
            await scene.Refusal(scene.File(server.Address)));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Another_address_stands_in_for_the_published_one()
    {
        await using ScriptedServer server = new(scene.Serve());

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(new Uri("https://weights.invalid/weights.bin")), server.Address.ToString()));
    }

    [Fact]
    public async Task A_file_stands_in_for_the_published_address()
    {
        string here = scene.Folder.Write("else/where.bin", scene.Content);

        await scene.AssertWholeAsync(await scene.Fetch(scene.File(new Uri("https://weights.invalid/weights.bin")), here));

        Assert.True(File.Exists(here));
    }

    [Fact]
    public async Task A_file_that_is_another_or_missing_does_not_stand_in()
    {
        PublishedFile file = scene.File(new Uri("https://weights.invalid/weights.bin"));
        byte[] changed = [.. scene.Content];
        changed[^1] ^= 1;

        Assert.StartsWith(
            "weights.bin is not the published file: its SHA-256 is",
            await scene.Refusal(file, scene.Folder.Write("changed", changed)),
            StringComparison.Ordinal);
        Assert.Contains("has not the 300,000 bytes", await scene.Refusal(file, scene.Folder.Write("short", [1])), StringComparison.Ordinal);
        Assert.Equal("nowhere.bin is neither a file that exists nor a web address.", await scene.Refusal(file, "nowhere.bin"));
    }

    [Theory]
    [InlineData(ChecksumKind.Md5)]
    [InlineData(ChecksumKind.Sha256Prefix)]
    [InlineData(null)]
    public async Task Without_a_published_SHA_256_the_first_file_is_trusted_and_a_later_other_one_refused(ChecksumKind? kind)
    {
        byte[] other = [.. scene.Content.Reverse()];
        await using ScriptedServer server = new(scene.Serve(), scene.Serve(), scene.Serve(content: other, tag: "\"two\""));
        PublishedChecksum? checksum = kind is { } k ? new PublishedChecksum(k, k == ChecksumKind.Md5 ? scene.Md5 : scene.Sha256[..8]) : null;
        PublishedFile file = new("weights.bin", server.Address, null, checksum);

        await scene.AssertWholeAsync(await scene.Fetch(file));
        Assert.Equal($"{scene.Sha256}  weights.bin\n", await File.ReadAllTextAsync(scene.PathOf + ".sha256", Cancellation));
        File.Delete(scene.PathOf);
        await scene.AssertWholeAsync(await scene.Fetch(file));
        File.Delete(scene.PathOf);

        string refused = await scene.Refusal(file with { Checksum = null });
        Assert.Contains($"but had {scene.Sha256} when it first came here", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChecksumKind.Md5, "00000000000000000000000000000000")]
    [InlineData(ChecksumKind.Sha256Prefix, "00000000")]
    public async Task A_file_against_its_published_checksum_is_not_recorded(ChecksumKind kind, string hex)
    {
        await using ScriptedServer server = new(scene.Serve());

        string refused = await scene.Refusal(new PublishedFile("weights.bin", server.Address, null, new PublishedChecksum(kind, hex)));

        Assert.Contains($"{hex}", refused, StringComparison.Ordinal);
        Assert.False(File.Exists(scene.PathOf + ".sha256"));
    }

    [Fact]
    public async Task A_damaged_record_of_the_first_use_does_not_pass_for_none()
    {
        await using ScriptedServer server = new(scene.Serve());
        scene.Folder.Write("weights.bin.sha256", [0, 0]);

        Assert.Contains(
            "weights.bin.sha256 does not begin with a SHA-256",
            await scene.Refusal(scene.File(server.Address) with { Checksum = null }),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_downloads_of_one_file_at_once_fetch_it_once()
    {
        await using ScriptedServer server = new(scene.Serve());

        DownloadedFile[] both = await Task.WhenAll(scene.Fetch(scene.File(server.Address)), scene.Fetch(scene.File(server.Address)));

        Assert.Equal(both[0], both[1]);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("/weights.bin")]
    [InlineData("")]
    public async Task A_file_name_cannot_leave_the_folder(string name) =>
        await Assert.ThrowsAsync<BackboneException>(() => scene.Fetch(scene.File(new Uri("https://weights.invalid/")) with { FileName = name }));

    private sealed class Reports : List<DownloadProgress>, IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => Add(value);
    }
}
