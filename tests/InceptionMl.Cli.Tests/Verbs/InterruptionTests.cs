using System.Diagnostics;
using System.Text.Json;
using InceptionMl.TestSupport;
using Microsoft.Data.Sqlite;

namespace InceptionMl.Cli.Tests.Verbs;

/// <summary>The tool as a process of its own, killed and interrupted in the middle of its work.</summary>
[Trait("Category", "Slow")]
public sealed class InterruptionTests
{
    private static Process Start(params string[] arguments)
    {
        // A shell starts what runs in its background with SIGINT ignored, these tests perhaps, and a process inherits that.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Process.Start(
            new ProcessStartInfo(command[0], [.. command[1..], Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll"), .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
    }

    private static string ManyImages(TemporaryFolder folder)
    {
        foreach (string image in TrainedDemo.TestImages)
        {
            byte[] bytes = File.ReadAllBytes(image);
            string label = Path.GetFileName(Path.GetDirectoryName(image)!);
            for (byte copy = 0; copy < 20; copy++)
            {
                // Bytes behind the end marker make another content of the same picture.
                folder.Write($"images/{label}/{Path.GetFileNameWithoutExtension(image)}-{copy}.jpg", [.. bytes, copy]);
            }
        }

        return folder.At("images");
    }

    private static long Rows(string cache)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(cache, "features.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM feature";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task WaitForRowsAsync(string cache, Process process)
    {
        while (!process.HasExited)
        {
            try
            {
                if (File.Exists(Path.Combine(cache, "features.sqlite")) && Rows(cache) > 0)
                {
                    return;
                }
            }
            catch (SqliteException)
            {
                // The tables are not there yet.
            }

            await Task.Yield();
        }

        Assert.Fail($"The run ended before it stored anything: {await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }

    [Fact]
    public async Task A_killed_run_leaves_a_sound_cache_and_no_output_and_the_next_run_goes_on()
    {
        using TemporaryFolder folder = new();
        string images = ManyImages(folder);
        string cache = folder.At("cache");
        string output = folder.At("out", "f.csv");
        using (Process process = Start("featurize", images, "--out", output, "--cache", cache))
        {
            await WaitForRowsAsync(cache, process);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        long kept = Rows(cache);
        Assert.InRange(kept, 1, 2399);
        Assert.False(File.Exists(output));

        ToolRun next = await Tool.RunAsync("featurize", images, "--out", output, "--cache", cache, "--json");

        JsonElement result = Assert.Single(next.Json);
        Assert.Equal(2400, result.GetProperty("images").GetInt32());
        Assert.Equal(kept, result.GetProperty("cache").GetProperty("hits").GetInt64());
        using SqliteConnection connection = new($"Data Source={Path.Combine(cache, "features.sqlite")};Pooling=False");
        connection.Open();
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
    }

    [Fact]
    public async Task An_interrupted_run_ends_with_status_130_and_nothing_half_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends SIGINT");
        using TemporaryFolder folder = new();
        string images = ManyImages(folder);
        string cache = folder.At("cache");
        using Process process = Start("train", images, "--out", folder.At("out", "m.zip"), "--cache", cache);
        await WaitForRowsAsync(cache, process);

        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitStatus.Interrupted, process.ExitCode);
        Assert.Contains("Interrupted", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("out")));
    }
}
