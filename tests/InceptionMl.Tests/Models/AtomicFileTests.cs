using InceptionMl.Internal;
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

    [Fact]
    public void A_full_disk_is_told_of_the_file_that_was_asked_for_and_not_of_the_one_that_was_being_written()
    {
        using TemporaryFolder folder = new();
        string path = folder.At("scores.csv");

        IOException failure = Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
            throw new IOException($"No space left on device : '{((FileStream)stream).Name}'", 28)));

        Assert.StartsWith($"{path} cannot be written (No space left on device): ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_fails_elsewhere_while_a_file_is_written_is_not_blamed_on_it()
    {
        using TemporaryFolder folder = new();

        IOException failure = Assert.Throws<IOException>(() => AtomicFile.Write(folder.At("scores.csv"), _ => throw new IOException("The input is damaged")));

        Assert.Equal("The input is damaged", failure.Message);
    }
}
