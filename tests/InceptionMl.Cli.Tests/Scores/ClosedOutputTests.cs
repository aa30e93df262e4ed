using System.Diagnostics;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Scores;

/// <summary>The score verb when nobody reads its results any more.</summary>
public sealed class ClosedOutputTests(TrainedDemo demo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_reading_any_more_ends_the_scoring_without_a_word()
    {
        int read = 0;
        using ClosedPipe pipe = new();
        await using StreamWriter output = new(new ResultStream(pipe), leaveOpen: true) { AutoFlush = true };
        using StringWriter error = new();
        using CountingLines input = new(TrainedDemo.TestImages, () => read++);
        using Spectre.Console.Testing.TestConsole console = new();
        CommandContext context = new() { Output = output, Error = error, Input = input, Console = console, ErrorConsole = console, Interactive = false };

        int status = await CommandLine.RunAsync(["score", demo.Model, "-", "--json"], context);

        Assert.Equal((ExitStatus.Done, string.Empty), (status, error.ToString()));
        Assert.InRange(read, 1, TrainedDemo.TestImages.Length - 1);
        pipe.Open = true;
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Head_ends_the_tool()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the console's own stream is used there");
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "InceptionMl.Cli.dll"), "score", demo.Model, "-", "--json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteLineAsync(TrainedDemo.TestImages[0]);
        await process.StandardInput.FlushAsync(Stop);
        Assert.Contains("\"label\"", await process.StandardOutput.ReadLineAsync(Stop), StringComparison.Ordinal);
        process.StandardOutput.Close();
        await process.StandardInput.WriteLineAsync(TrainedDemo.TestImages[1]);
        await process.StandardInput.FlushAsync(Stop);

        // Standard input stays open: only the broken pipe can end it.
        string error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        Assert.Equal((ExitStatus.Done, string.Empty), (process.ExitCode, error));
    }
}
