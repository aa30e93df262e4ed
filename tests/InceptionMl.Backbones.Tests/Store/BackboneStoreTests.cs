using System.Security.Cryptography;
using System.Text;
using InceptionMl.Models;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Store;

public sealed class BackboneStoreTests : IDisposable
{
    private static readonly BackboneCard Card = Backbone.Embedded().Card with { Sha256 = null };

    private readonly TemporaryFolder folder = new();
    private readonly BackboneStore store;

    public BackboneStoreTests() => store = new BackboneStore(folder.At("store"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private static MemoryStream Content(string text = "an onnx file") => new(Encoding.UTF8.GetBytes(text));

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Task<StoredBackbone> Add(string name, string text = "an onnx file") => store.AddAsync(name, Content(text), Card, Cancellation);

    [Fact]
    public async Task A_stored_backbone_opens_by_its_path()
    {
        string onnx = Workspace.At("src", "InceptionMl.Backbones", "Embedded", "inception-compact.onnx");
        await using FileStream file = File.OpenRead(onnx);

        StoredBackbone stored = await store.AddAsync("mine", file, Card, Cancellation);

        Assert.Equal(new FileInfo(onnx).Length, stored.Bytes);
        Assert.Equal(("mine", "mine.onnx"), (stored.Card!.Name, stored.Card.File));
        Assert.Equal(Backbone.Embedded().Digest, Backbone.Open(stored.OnnxPath).Digest);
    }

    [Fact]
    public async Task Entries_are_found_listed_by_name_verified_and_removed()
    {
        await Add("inception-v3");
        await Add("Inception.v1_x", "another");

        Assert.Equal(["Inception.v1_x", "inception-v3"], store.List().Select(entry => entry.Name));
        Assert.Equal(Sha256("another"), store.Find("Inception.v1_x")!.Card!.Sha256);
        Assert.Equal("inception-v3", (await store.VerifyAsync("inception-v3", Cancellation)).Name);

        await store.RemoveAsync("inception-v3", Cancellation);
        Assert.Null(store.Find("inception-v3"));
        Assert.Equal(["Inception.v1_x"], store.List().Select(entry => entry.Name));
    }

    [Fact]
    public void An_empty_store_needs_no_folder()
    {
        Assert.Empty(store.List());
        Assert.Null(store.Find("inception-v3"));
        Assert.False(Directory.Exists(store.Folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("/rooted")]
    [InlineData("c:drive")]
    [InlineData(".hidden")]
    [InlineData("-option")]
    [InlineData("ends.")]
    [InlineData("a b")]
    [InlineData("naïve")]
    [InlineData("a\0b")]
    [InlineData("NUL")]
    [InlineData("con.v3")]
    [InlineData("Com1")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_name_that_is_no_plain_folder_name_everywhere_is_refused(string name)
    {
        await Assert.ThrowsAsync<BackboneException>(() => Add(name));
        await Assert.ThrowsAsync<BackboneException>(() => store.RemoveAsync(name, Cancellation));
        Assert.Throws<BackboneException>(() => store.Find(name));
        Assert.False(Directory.Exists(store.Folder));
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_another_is_refused()
    {
        await Add("mine");
        await Add("mine");
        BackboneException taken = await Assert.ThrowsAsync<BackboneException>(() => Add("mine", "another"));
        BackboneException sameButForCase = await Assert.ThrowsAsync<BackboneException>(() => Add("MINE"));

        Assert.Equal("The store already has a backbone 'mine': remove it first, or choose another name.", taken.Message);
        Assert.Equal(taken.Message, sameButForCase.Message);
        Assert.Equal(Sha256("an onnx file"), Assert.Single(store.List()).Card!.Sha256);
    }

    [Fact]
    public async Task A_file_that_is_not_the_cards_is_refused()
    {
        await Assert.ThrowsAsync<BackboneException>(() => store.AddAsync("mine", Content(), Card with { Sha256 = Sha256("other") }, Cancellation));

        Assert.Empty(store.List());
        Assert.Empty(Directory.GetDirectories(Path.Combine(store.Folder, ".staging")));
    }

    [Fact]
    public async Task A_card_with_impossible_values_is_refused()
    {
        ModelFormatException refused = await Assert.ThrowsAsync<ModelFormatException>(
            () => store.AddAsync("mine", Content(), Card with { Input = Card.Input with { Channels = "GRB" } }, Cancellation));

        Assert.Equal("The card of 'mine' is no usable backbone card: input.channels must be RGB or BGR.", refused.Message);
    }

    [Fact]
    public async Task Verifying_tells_a_changed_file()
    {
        StoredBackbone entry = await Add("mine");
        await File.WriteAllTextAsync(entry.OnnxPath, "an 0nnx file", Cancellation);

        BackboneException damaged = await Assert.ThrowsAsync<BackboneException>(() => store.VerifyAsync("mine", Cancellation));

        Assert.Contains($"has SHA-256 {Sha256("an 0nnx file")} where its card says {Sha256("an onnx file")}", damaged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_card_is_listed_with_its_problem_and_can_be_removed()
    {
        StoredBackbone entry = await Add("mine");
        await File.WriteAllTextAsync(Path.ChangeExtension(entry.OnnxPath, ".json"), "{", Cancellation);

        Assert.Contains("is no backbone card", Assert.Single(store.List()).Problem, StringComparison.Ordinal);
        Assert.Throws<BackboneException>(() => store.Show("mine"));
        await Assert.ThrowsAsync<BackboneException>(() => Add("mine"));

        await store.RemoveAsync("mine", Cancellation);
        await Add("mine");
        Assert.Null(store.Show("mine").Problem);
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_shown_verified_or_removed()
    {
        string expected = $"The store {store.Folder} has no backbone 'mine'.";

        Assert.Equal(expected, Assert.Throws<BackboneException>(() => store.Show("mine")).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<BackboneException>(() => store.VerifyAsync("mine", Cancellation))).Message);
        Assert.Equal(expected, (await Assert.ThrowsAsync<BackboneException>(() => store.RemoveAsync("mine", Cancellation))).Message);
    }

    [Fact]
    public async Task An_entry_that_may_not_be_read_is_not_taken_for_none()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("needs a user whom permissions bind");
            return;
        }

        StoredBackbone entry = await Add("mine");
        string folder = Path.GetDirectoryName(entry.OnnxPath)!;
        File.SetUnixFileMode(folder, UnixFileMode.None);
        try
        {
            BackboneException refused = Assert.Throws<BackboneException>(() => store.Show("mine"));
            Assert.StartsWith("The backbone 'mine' cannot be read", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("/data", "/local", "/data")]
    [InlineData(null, "/local", "/local")]
    [InlineData("", "/local", "/local")]
    [InlineData("relative", "/local", "/local")]
    public void The_default_folder_follows_the_values_handed_in(string? xdg, string? local, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the paths are Unix paths");
        Assert.Equal(Path.Combine(expected, "inceptionml", "backbones"), StoreFolder.Default(xdg, local));
    }

    [Fact]
    public void Without_any_folder_there_is_no_default() => Assert.Throws<BackboneException>(() => StoreFolder.Default(null, ""));
}
