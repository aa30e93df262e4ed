using System.Diagnostics;
using InceptionMl.Internal;
using InceptionMl.TestSupport;

namespace InceptionMl.Tests.Models;

public sealed class FileKindTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_regular_empty_ones_too()
    {
        Assert.True(FileKind.IsRegular(folder.Write("full", [1])));
        Assert.True(FileKind.IsRegular(folder.Write("empty", [])));
        Assert.Throws<FileNotFoundException>(() => FileKind.IsRegular(folder.At("none")));
    }

    [Fact]
    public void Pipes_devices_and_links_to_them_are_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are none there");
        string pipe = folder.At("pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        File.CreateSymbolicLink(folder.At("link"), pipe);
        File.CreateSymbolicLink(folder.At("file"), folder.Write("empty", []));

        Assert.False(FileKind.IsRegular(pipe));
        Assert.False(FileKind.IsRegular(folder.At("link")));
        Assert.False(FileKind.IsRegular("/dev/null"));
        Assert.True(FileKind.IsRegular(folder.At("file")));
    }
}
