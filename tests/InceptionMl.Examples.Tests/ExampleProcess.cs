using System.Diagnostics;
using InceptionMl.TestSupport;

namespace InceptionMl.Examples.Tests;

/// <summary>An example as its user runs it: a process of its own, ended with the test at the latest.</summary>
internal sealed class ExampleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Task<string> error;

    public ExampleProcess(string example, params string[] arguments)
    {
        patience.CancelAfter(Patience);
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string program = Workspace.At("src", "Examples", example, "bin", configuration, "net10.0", example + ".dll");
        process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        error = process.StandardError.ReadToEndAsync(patience.Token);
    }

    /// <summary>Runs an example to its end.</summary>
    public static async Task<(int Status, string[] Output, string[] Error)> RunAsync(string example, params string[] arguments)
    {
        using ExampleProcess run = new(example, arguments);
        return await run.EndAsync();
    }

    /// <summary>Reads standard output up to a line that holds a text, and returns what follows the text.</summary>
    public async Task<string> LineAsync(string text)
    {
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.IndexOf(text, StringComparison.Ordinal) is >= 0 and int start)
            {
                return line[(start + text.Length)..];
            }
        }

        throw new InvalidOperationException($"The example ended without '{text}': {await error}");
    }

    /// <summary>Reads what is left of the output and waits for the end.</summary>
    public async Task<(int Status, string[] Output, string[] Error)> EndAsync()
    {
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, Lines(output), Lines(await error));
    }

    /// <summary>Asks it to end as a service manager does.</summary>
    public async Task<int> TerminateAsync()
    {
        using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(patience.Token);
        }

        return (await EndAsync()).Status;
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(patience.Token);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
        patience.Dispose();
    }

    private static string[] Lines(string text) => text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
