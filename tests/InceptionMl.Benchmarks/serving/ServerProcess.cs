using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using InceptionMl.Benchmarks.Tool;

namespace InceptionMl.Benchmarks.Serving;

/// <summary>The tool's <c>serve</c> as a process of its own.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Memory that is resident now.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static ServerProcess Start(string model)
    {
        ProcessStartInfo start = new("dotnet", [ToolRun.Assembly(), "serve", model, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        string? line = process.StandardOutput.ReadLine();
        return line is not null && Url().Match(line) is { Success: true } match
            ? new ServerProcess(process, new Uri(match.Value))
            : throw new InvalidOperationException("The server did not start; its message is above.");
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    /// <exception cref="InvalidOperationException">It did not stop well.</exception>
    public void Dispose()
    {
        using (Process signal = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            signal.WaitForExit();
        }

        bool ended = process.WaitForExit(Grace) && process.ExitCode == 0;
        process.Dispose();
        if (!ended)
        {
            throw new InvalidOperationException("The server did not stop with status 0.");
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Url();
}
