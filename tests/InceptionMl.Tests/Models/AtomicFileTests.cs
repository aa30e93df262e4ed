using InceptionMl.Models;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Models;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_failing_write_leaves_the_old_file_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", [1, 2, 3]);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(9);
            throw new InvalidOperationException();
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_complete_write_replaces_the_old_file_and_makes_missing_folders()
    {
        using TemporaryFolder folder = new();
        string path = folder.At("new", "model.zip");

        AtomicFile.Write(path, stream => stream.WriteByte(1));
        AtomicFile.Write(path, stream => stream.WriteByte(2));

        Assert.Equal([2], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.At("new")));
    }
}
