using System.Globalization;
using System.Security.Cryptography;
using InceptionMl.Backbones.Download;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Download;

/// <summary>A published file, a folder to bring it to, a clock that does not wait, and the ways a server may answer.</summary>
internal sealed class DownloadScene : IDisposable
{
    private readonly HttpClient client;

    public DownloadScene(bool handlerRedirects = false)
    {
        Content = new byte[300_000];
        new Random(7).NextBytes(Content);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = handlerRedirects, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public TemporaryFolder Folder { get; } = new();

    public ImpatientTime Time { get; } = new();

    public byte[] Content { get; }

    public DownloadOptions Options { get; init; } = new() { IdleTimeout = TimeSpan.FromHours(1) };

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content));

    public string Md5
    {
        get
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            hash.AppendData(Content);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    public string PathOf => Folder.At("weights.bin");

    public void Dispose()
    {
        client.Dispose();
        Folder.Dispose();
    }

    public PublishedFile File(Uri address) => new("weights.bin", address, Content.Length, new PublishedChecksum(ChecksumKind.Sha256, Sha256));

    public Task<DownloadedFile> Fetch(
        PublishedFile file, string? from = null, IProgress<DownloadProgress>? progress = null, CancellationToken? cancellationToken = null) =>
        new VerifiedDownload(client, Folder.Path, Options, Time).FetchAsync(file, from, progress, cancellationToken ?? TestContext.Current.CancellationToken);

    public async Task<string> Refusal(PublishedFile file, string? from = null)
    {
        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => Fetch(file, from));
        Assert.False(System.IO.File.Exists(PathOf), "what was refused must not stand under the file's name");
        return refused.Message;
    }

    public async Task AssertWholeAsync(DownloadedFile downloaded)
    {
        Assert.Equal((PathOf, Content.LongLength, Sha256), (downloaded.Path, downloaded.Bytes, downloaded.Sha256));
        Assert.Equal(Content, await System.IO.File.ReadAllBytesAsync(PathOf, TestContext.Current.CancellationToken));
        Assert.False(System.IO.File.Exists(PathOf + ".part") || System.IO.File.Exists(PathOf + ".part.json"));
    }

    /// <summary>Answers as a good server does, ranges included, but hangs up after some bytes.</summary>
    public Func<ScriptedRequest, Task> Serve(int atMost = int.MaxValue, string tag = "\"one\"", byte[]? content = null) => async request =>
    {
        byte[] bytes = content ?? Content;
        bool goesOn = request.Header("Range") is not null && request.Header("If-Range") == tag;
        int from = goesOn ? request.From : 0;
        string length = (bytes.Length - from).ToString(CultureInfo.InvariantCulture);
        string status = goesOn ? "206 Partial Content" : "200 OK";
        string range = goesOn
            ? string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}")
            : "Accept-Ranges: bytes";
        await request.HeadAsync(status, $"Content-Length: {length}", $"ETag: {tag}", range);
        await request.SendAsync(bytes.AsMemory(from, Math.Min(atMost, bytes.Length - from)));
    };

    public static Func<ScriptedRequest, Task> Answer(string status, params string[] headers) =>
        request => request.HeadAsync(status, ["Content-Length: 0", .. headers]);
}
