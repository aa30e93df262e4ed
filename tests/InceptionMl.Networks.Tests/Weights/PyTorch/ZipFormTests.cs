using System.IO.Compression;
using InceptionMl.Networks.Weights;
using InceptionMl.Networks.Weights.PyTorch;

namespace InceptionMl.Networks.Tests.Weights.PyTorch;

/// <summary>The archive around the pickle, written by another zip library.</summary>
public sealed class ZipFormTests
{
    private static readonly byte[] One = [0, 0, 0x80, 0x3f];
    private static readonly byte[] Pickle = new PickleWriter().Op('}').Text("a").Tensor("0", 1, 0, [1], [1]).Op('s').End();

    [Theory]
    [InlineData("archive")]
    [InlineData("inception_v3_google")]
    public void The_top_level_folder_may_have_any_name(string folder)
    {
        TensorStore store = Read(($"{folder}/data.pkl", Pickle), ($"{folder}/byteorder", "little"u8.ToArray()), ($"{folder}/data/0", One), ($"{folder}/version", "3\n"u8.ToArray()));

        Assert.True(store.TryGet("a", out Tensor? a));
        Assert.Equal([1f], a.Values.ToArray());
    }

    [Fact]
    public void A_big_endian_file_is_refused() =>
        Refused("big-endian", ("archive/data.pkl", Pickle), ("archive/byteorder", "big"u8.ToArray()), ("archive/data/0", One));

    [Fact]
    public void A_storage_that_is_missing_or_short_is_refused()
    {
        Refused("'0' of 'a' is not in the file", ("archive/data.pkl", Pickle));
        Refused("wants 1 elements of 4 bytes", ("archive/data.pkl", Pickle), ("archive/data/0", One[..3]));
    }

    [Fact]
    public void An_archive_of_something_else_is_refused()
    {
        Refused("0 files NAME/data.pkl", ("readme.txt", One));
        Refused("2 files NAME/data.pkl", ("a/data.pkl", Pickle), ("b/data.pkl", Pickle));
        Refused("twice", ("a/data.pkl", Pickle), ("a/data.pkl", Pickle));
    }

    [Fact]
    public void A_compressed_entry_is_refused_before_it_can_swell() =>
        Assert.Contains("compressed", Assert.Throws<WeightException>(() => PyTorchFile.Read(Zip(CompressionLevel.SmallestSize, ("archive/data.pkl", new byte[1 << 20])), "x.pth")).Message);

    private static void Refused(string reason, params (string Name, byte[] Bytes)[] entries)
    {
        string message = Assert.Throws<WeightException>(() => Read(entries)).Message;
        Assert.StartsWith("x.pth", message);
        Assert.Contains(reason, message);
    }

    private static TensorStore Read(params (string Name, byte[] Bytes)[] entries) =>
        PyTorchFile.Read(Zip(CompressionLevel.NoCompression, entries), "x.pth");

    private static MemoryStream Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream;
    }
}
