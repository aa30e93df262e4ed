using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using InceptionMl.Backbones.Download;
using InceptionMl.TestSupport;

namespace InceptionMl.Backbones.Tests.Download;

public sealed class ArchiveMemberTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))];

    private readonly TemporaryFolder folder = new();

    private string Destination => folder.At("out", "graph.pb");

    public void Dispose() => folder.Dispose();

    private Task Extract(string archive, string member = "graph.pb", long maxBytes = 1 << 20) =>
        ArchiveMember.ExtractAsync(archive, member, Destination, maxBytes, TestContext.Current.CancellationToken);

    private async Task<string> Refusal(string archive, string member = "graph.pb", long maxBytes = 1 << 20)
    {
        BackboneException refused = await Assert.ThrowsAsync<BackboneException>(() => Extract(archive, member, maxBytes));
        Assert.Empty(Directory.Exists(folder.At("out")) ? Directory.GetFileSystemEntries(folder.At("out")) : []);
        return refused.Message;
    }

    private string Zip(Action<ZipArchive> fill)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return folder.Write("weights.zip", stream.ToArray());
    }

    private static void Put(ZipArchive zip, string name, byte[] content, int attributes = 0)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        using Stream stream = entry.Open();
        stream.Write(content);
    }

    private string Tar(TarEntryFormat format, params (string Name, TarEntryType Type, byte[] Content)[] entries)
    {
        using MemoryStream stream = new();
        using (TarWriter tar = new(stream, format, leaveOpen: true))
        {
            foreach ((string name, TarEntryType type, byte[] content) in entries)
            {
                TarEntry entry = format == TarEntryFormat.Ustar ? new UstarTarEntry(type, name)
                    : format == TarEntryFormat.Gnu ? new GnuTarEntry(type, name)
                    : new PaxTarEntry(type, name);
                if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                {
                    entry.LinkName = Encoding.UTF8.GetString(content);
                }
                else if (type == TarEntryType.RegularFile)
                {
                    entry.DataStream = new MemoryStream(content);
                }

                tar.WriteEntry(entry);
            }
        }

        return TarGzip(stream.ToArray());
    }

    private string TarGzip(byte[] tar)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        return folder.Write("weights.tar.gz", packed.ToArray());
    }

    private async Task AssertExtractedAsync() =>
        Assert.Equal(Content, await File.ReadAllBytesAsync(Destination, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_named_member_of_a_zip_is_extracted_and_nothing_else()
    {
        string archive = Zip(zip =>
        {
            Put(zip, "../evil", [1]);
            Put(zip, "graph.pb", Content);
            Put(zip, "/etc/evil", [1]);
        });

        await Extract(archive);

        await AssertExtractedAsync();
        Assert.Equal(["graph.pb"], Directory.GetFileSystemEntries(folder.At("out")).Select(path => Path.GetFileName(path)));
        Assert.False(File.Exists(folder.At("evil")));
    }

    [Theory]
    [InlineData(TarEntryFormat.Ustar, "graph.pb")]
    [InlineData(TarEntryFormat.Gnu, "./graph.pb")]
    [InlineData(TarEntryFormat.Pax, "graph.pb")]
    public async Task The_named_member_of_a_tar_is_extracted_and_nothing_else(TarEntryFormat format, string name)
    {
        string longName = string.Join('/', Enumerable.Repeat("folder", 20)) + "/other";
        string archive = Tar(format, ("../evil", TarEntryType.RegularFile, [1]), (longName, TarEntryType.RegularFile, [1]), (name, TarEntryType.RegularFile, Content));

        await Extract(archive);

        await AssertExtractedAsync();
        Assert.False(File.Exists(folder.At("evil")));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Directory)]
    public async Task A_tar_member_that_is_no_plain_file_is_refused(TarEntryType type) =>
        Assert.EndsWith(
            "graph.pb is no plain file.",
            await Refusal(Tar(TarEntryFormat.Ustar, ("graph.pb", type, "/etc/hostname"u8.ToArray()))),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_symbolic_link_in_a_zip_is_refused() =>
        Assert.EndsWith(
            "graph.pb is no plain file.",
            await Refusal(Zip(zip => Put(zip, "graph.pb", "/etc/hostname"u8.ToArray(), unchecked((int)0xA1FF0000)))),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_or_doubled_member_is_refused()
    {
        Assert.EndsWith("it has no graph.pb.", await Refusal(Zip(zip => Put(zip, "other", [1]))), StringComparison.Ordinal);
        Assert.EndsWith(
            "it has no graph.pb.",
            await Refusal(Tar(TarEntryFormat.Ustar, ("other", TarEntryType.RegularFile, [1]))),
            StringComparison.Ordinal);
        string doubled = Zip(zip =>
        {
            Put(zip, "graph.pb", [1]);
            Put(zip, "graph.pb", [2]);
        });
        Assert.EndsWith("it has more than one graph.pb.", await Refusal(doubled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_larger_than_allowed_is_refused()
    {
        Assert.EndsWith(
            "at most 4,999 are taken.",
            await Refusal(Zip(zip => Put(zip, "graph.pb", Content)), maxBytes: 4999),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "at most 4,999 are taken.",
            await Refusal(Tar(TarEntryFormat.Ustar, ("graph.pb", TarEntryType.RegularFile, Content)), maxBytes: 4999),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bomb_before_the_member_is_not_unpacked()
    {
        string archive = Tar(TarEntryFormat.Ustar, ("zeros", TarEntryType.RegularFile, new byte[4 << 20]), ("graph.pb", TarEntryType.RegularFile, Content));

        Assert.EndsWith("more than 1,048,576 bytes stand before graph.pb.", await Refusal(archive), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_whose_header_lies_about_the_size_brings_no_file()
    {
        foreach (int declared in new[] { 10, 5001, int.MaxValue })
        {
            string archive = Zip(zip => Put(zip, "graph.pb", Content));
            byte[] bytes = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
            int central = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(central + 24), declared);

            await Refusal(folder.Write("weights.zip", bytes));
        }
    }

    [Fact]
    public async Task Damaged_archives_end_in_a_sentence()
    {
        Random random = new(5);
        byte[] zip = await File.ReadAllBytesAsync(Zip(z => Put(z, "graph.pb", Content)), TestContext.Current.CancellationToken);
        byte[] tar = await File.ReadAllBytesAsync(Tar(TarEntryFormat.Pax, ("graph.pb", TarEntryType.RegularFile, Content)), TestContext.Current.CancellationToken);
        for (int i = 0; i < 300; i++)
        {
            bool isZip = i % 2 == 0;
            byte[] damaged = [.. isZip ? zip : tar];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            string archive = folder.Write(isZip ? "damaged.zip" : "damaged.tar.gz", damaged[..random.Next(damaged.Length / 2, damaged.Length + 1)]);
            try
            {
                await Extract(archive);
            }
            catch (BackboneException)
            {
            }
        }
    }

    [Theory]
    [InlineData("weights.zip")]
    [InlineData("weights.tar.gz")]
    [InlineData("weights.rar")]
    [InlineData("missing.zip")]
    public async Task What_is_no_archive_is_refused(string name)
    {
        string archive = name == "missing.zip" ? folder.At(name) : folder.Write(name, Content);

        Assert.Contains("cannot be unpacked", await Refusal(archive), StringComparison.Ordinal);
    }
}
