using System.Diagnostics;
using System.Text;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>Files that are asked for where there is no room: a link to /dev/full stands for the disk.</summary>
[Trait("Category", "Slow")]
public sealed class FullDiskTests(TrainedDemo demo) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("s.csv")]
    [InlineData("s.jsonl")]
    [InlineData("s.parquet")]
    [InlineData("s.txt")]
    public Task Scores_that_find_no_room_name_the_file_that_was_asked_for(string name) => RefusesAsync(name, file =>
        ["score", demo.Model, .. TrainedDemo.TestImages, "--out", file, "--format", name switch { "s.jsonl" => "json", "s.txt" => "table", _ => name[2..] }]);

    [Theory]
    [InlineData("f.csv")]
    [InlineData("f.parquet")]
    public Task Features_that_find_no_room_name_the_file_that_was_asked_for(string name) => RefusesAsync(name, file =>
    {
        string images = folder.At("images");
        Directory.CreateDirectory(images);
        foreach (string image in TrainedDemo.TestImages[..4])
        {
            File.Copy(image, Path.Combine(images, Path.GetFileName(image)));
        }

        return ["featurize", images, "--out", file, "--cache", "none"];
    });

    [Fact]
    public Task An_export_that_finds_no_room_names_the_file_that_was_asked_for() =>
        RefusesAsync("m.onnx", file => ["export", demo.Model, "--onnx", file]);

    [Fact]
    public Task A_heat_map_that_finds_no_room_names_the_file_that_was_asked_for() =>
        RefusesAsync("h.png", file => ["explain", demo.Model, TrainedDemo.TestImages[0], "--out", file]);

    [Fact]
    public async Task Scores_that_are_resumed_say_what_is_kept_where_no_room_is_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a POSIX shell");
        string output = folder.At("s.csv");
        using TemporaryFolder inputs = new();
        string list = inputs.Write("list.csv", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(TrainedDemo.TestImages[0], 100).Prepend("path"))));
        string[] command = [Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll"), "score", demo.Model, list,
            "--format", "csv", "--resume", "--out", output];

        // No file may grow beyond 4 or 8 KB: that is all the room a disk has left, for one who cannot mount a small one.
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "trap '' XFSZ; ulimit -f 8; exec dotnet \"$@\"", "sh", .. command])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0" },
        })!;
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.EndsWith(
            $"{output} cannot be written (the file is larger than the disk or a limit of this user allows): make room there and run the same command again; what is scored stays in {output}.partial.",
            error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Failed, process.ExitCode);
        Assert.Equal([output + ".partial", output + ".partial.json"], Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));

        ToolRun resumed = await Tool.RunAsync(command[1..]);

        Assert.Equal(ExitStatus.Done, resumed.Status);
        Assert.Equal([output], Directory.GetFiles(folder.Path));
        Assert.Equal(101, File.ReadLines(output).Count());
    }

    private async Task RefusesAsync(string name, Func<string, string[]> command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        string file = folder.At(name);
        File.CreateSymbolicLink(file, "/dev/full");
        string[] arguments = command(file);
        string[] before = [.. Directory.EnumerateFileSystemEntries(folder.Path)];

        ToolRun run = await Tool.RunAsync(arguments);

        Assert.EndsWith($"{file} cannot be written (No space left on device): make room there, or choose another place.", run.Error.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
