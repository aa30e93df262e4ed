using System.Diagnostics;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>The tool as a process whose standard streams lead nowhere.</summary>
[Trait("Category", "Slow")]
public sealed class LostOutputTests(TrainedDemo demo)
{
    private async Task<(int Status, string Error)> ScoreAsync(string redirection, params string[] options)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a POSIX shell and /dev/full");
        string[] command = [Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll"), "score", demo.Model, .. TrainedDemo.TestImages[..4], .. options];
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$@\" {redirection}", "sh", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error.TrimEnd());
    }

    [Theory]
    [InlineData("2>&- >/dev/null")]
    [InlineData("2>&- >&-")]
    [InlineData(">&-")]
    public async Task Closed_streams_end_it_quietly(string redirection)
    {
        (int status, string error) = await ScoreAsync(redirection);

        Assert.Equal((ExitStatus.Done, string.Empty), (status, error));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task A_full_disk_is_one_sentence(string format)
    {
        (int status, string error) = await ScoreAsync(">/dev/full", "--format", format);

        Assert.Equal(
            (ExitStatus.Failed, "Standard output cannot be written (No space left on device): make room there, or send the results elsewhere."), (status, error));
    }
}
