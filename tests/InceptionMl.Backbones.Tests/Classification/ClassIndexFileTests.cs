using System.Security.Cryptography;
using InceptionMl.Backbones.Classification;
using InceptionMl.Backbones.Download;
using InceptionMl.Backbones.Tests.Download;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Classification;

public sealed class ClassIndexFileTests : IDisposable
{
    private static readonly Uri Nowhere = new("https://classes.invalid/index.json");

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        client.Dispose();
        folder.Dispose();
    }

    private static PublishedFile Published(Uri address, byte[] content) =>
        new("imagenet_class_index.json", address, null, new PublishedChecksum(ChecksumKind.Md5, Md5(content)));

    private static string Md5(byte[] content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Func<ScriptedRequest, Task> Serve(byte[] content) => async request =>
    {
        await request.HeadAsync("200 OK", $"Content-Length: {content.Length}");
        await request.SendAsync(content);
    };

    [Fact]
    public async Task Once_pulled_it_is_read_without_a_network()
    {
        byte[] index = SmallClassifier.Index();
        await using ScriptedServer server = new(Serve(index));
        ClassIndexFile file = new(folder.Path, Published(server.Address, index));

        DownloadedFile pulled = await file.PullAsync(client, cancellationToken: Cancellation);
        IReadOnlyList<ImageClass> classes = await file.ReadAsync(Cancellation);
        await file.PullAsync(client, cancellationToken: Cancellation);

        Assert.Equal((file.Path, Convert.ToHexStringLower(SHA256.HashData(index))), (pulled.Path, pulled.Sha256));
        Assert.Equal(folder.At("imagenet_class_index.json"), file.Path);
        Assert.Equal(new ImageClass("thing 5", "n00000050"), classes[5]);
        Assert.Single(server.Requests);
        Assert.StartsWith(pulled.Sha256, await File.ReadAllTextAsync(file.Path + ".sha256", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_has_changed_since_is_refused()
    {
        byte[] index = SmallClassifier.Index();
        byte[] changed = [.. index];
        changed[Array.IndexOf(changed, (byte)'5')] = (byte)'6';
        string mine = folder.Write("mine.json", index);
        ClassIndexFile vouchedFor = new(folder.At("a"), Published(Nowhere, index));
        ClassIndexFile unvouched = new(folder.At("b"), Published(Nowhere, index) with { Checksum = null });
        foreach (ClassIndexFile file in (ClassIndexFile[])[vouchedFor, unvouched])
        {
            await file.PullAsync(client, from: mine, cancellationToken: Cancellation);
            await File.WriteAllBytesAsync(file.Path, changed, Cancellation);

            BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => file.ReadAsync(Cancellation));

            Assert.Contains(file == vouchedFor ? "its MD5 is" : "when it first came here", refused.Message, StringComparison.Ordinal);
            Assert.Contains(file.Path, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_put_there_by_hand_is_verified_and_nothing_is_written_beside_it()
    {
        byte[] index = SmallClassifier.Index();
        ClassIndexFile file = new(folder.Path, Published(Nowhere, index));
        folder.Write("imagenet_class_index.json", index);

        Assert.Equal(1000, (await file.ReadAsync(Cancellation)).Count);
        Assert.Equal([file.Path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Where_it_is_not_there_the_name_that_it_is_pulled_by_is_told()
    {
        ClassIndexFile file = new(folder.Path);

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => file.ReadAsync(Cancellation));
        Assert.Equal(
            $"The names of ImageNet's classes are not at {folder.At("imagenet_class_index.json")}: pull them, or give names of your own.", refused.Message);
        Assert.Equal((BackboneErrorReason.ClassNames, "imagenet-classes"), (refused.Reason, refused.PublishedName));
        Assert.Equal("imagenet_class_index.json", BackboneCatalog.ImageNetClassIndex.FileName);
        Assert.Null(BackboneCatalog.Find(ClassIndexFile.PullName));
    }

    [Fact]
    public async Task What_is_no_index_is_refused_though_its_checksum_holds()
    {
        byte[] other = "{}"u8.ToArray();
        await using ScriptedServer server = new(Serve(other));
        ClassIndexFile file = new(folder.Path, Published(server.Address, other));

        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => file.PullAsync(client, cancellationToken: Cancellation));

        Assert.Contains("no ImageNet class index", refused.Message, StringComparison.Ordinal);
    }
}
