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
    public void What_a_killed_process_left_is_removed_at_once_and_nothing_else()
    {
        using TemporaryFolder folder = new();
        folder.Write($"model.zip.{new string('a', 32)}.tmp", [1]);
        string other = folder.Write("model.zip.notes.tmp", [1]);
        string another = folder.Write($"other.zip.{new string('b', 32)}.tmp", [1]);

        AtomicFile.Write(folder.At("model.zip"), stream => stream.WriteByte(1));

        Assert.Equal([folder.At("model.zip"), other, another], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_another_writer_of_the_same_file_is_still_writing_stays()
    {
        using TemporaryFolder folder = new();
        string path = folder.At("model.zip");

        AtomicFile.Write(path, outer =>
        {
            outer.WriteByte(1);
            AtomicFile.Write(path, inner => inner.WriteByte(2));
            Assert.Equal([2], File.ReadAllBytes(path));
        });

        Assert.Equal([1], File.ReadAllBytes(path));
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
