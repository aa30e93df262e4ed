using InceptionMl.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Models;

public sealed class ScratchFolderTests
{
    [Fact]
    public void It_lies_hidden_beside_the_file_and_goes_with_all_it_holds()
    {
        using TemporaryFolder folder = new();
        using (ScratchFolder scratch = ScratchFolder.CreateBeside(folder.At("new", "model.zip")))
        {
            File.WriteAllBytes(scratch.At("backbone.onnx"), [1]);
            Assert.Equal(folder.At("new"), Path.GetDirectoryName(scratch.FullPath));
            Assert.StartsWith(".model.zip.", Path.GetFileName(scratch.FullPath), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder.At("new")));
    }

    [Fact]
    public void What_a_killed_run_left_is_swept_by_the_next_one_and_what_a_living_one_holds_stays()
    {
        using TemporaryFolder folder = new();
        string path = folder.At("model.zip");
        string left = folder.At($".model.zip.{new string('a', 32)}.tmp");
        folder.Write($".model.zip.{new string('a', 32)}.tmp/.lock", []);
        folder.Write($".model.zip.{new string('a', 32)}.tmp/backbone.onnx", [1, 2, 3]);
        using ScratchFolder living = ScratchFolder.CreateBeside(path);

        using ScratchFolder next = ScratchFolder.CreateBeside(path);

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(living.FullPath));
    }

    [Fact]
    public void A_link_under_such_a_name_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "makes a symbolic link");
        using TemporaryFolder folder = new();
        string precious = folder.Write("precious/notes.txt", [1]);
        folder.Write("precious/.lock", []);
        Directory.CreateSymbolicLink(folder.At($".model.zip.{new string('a', 32)}.tmp"), folder.At("precious"));

        ScratchFolder.CreateBeside(folder.At("model.zip")).Dispose();

        Assert.True(File.Exists(precious));
    }
}
