using System.Diagnostics;
using System.Globalization;

namespace InceptionMl.Benchmarks.Tool;

/// <summary>One run of the inceptionml tool as a process of its own.</summary>
/// <param name="Seconds">From start to exit.</param>
/// <param name="PeakBytes">The most memory it had resident at once; 0 where the system does not tell.</param>
/// <param name="Output">What it wrote on standard output.</param>
internal sealed record ToolRun(double Seconds, long PeakBytes, string Output)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public static ToolRun Start(params string[] arguments) => Start([0], arguments);

    /// <summary>Runs the tool to its end.</summary>
    /// <param name="good">The statuses it may end with.</param>
    /// <param name="arguments">Its command line.</param>
    public static ToolRun Start(int[] good, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Assembly(), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(Glance))
        {
            peak = Math.Max(peak, HighWaterMark(process.Id));
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return good.Contains(process.ExitCode)
            ? new ToolRun(seconds, peak, output.Result)
            : throw new InvalidOperationException($"the tool ended with {process.ExitCode}: {error.Result}{output.Result}");
    }

    // Built beside this program, in the same configuration.
    public static string Assembly() => Assembly("src", "InceptionMl.Cli");

    /// <summary>The program of a project of this repository.</summary>
    public static string Assembly(string root, string project)
    {
        string output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        return Path.GetFullPath(Path.Combine(
            output, "..", "..", "..", "..", "..", root, project, "bin", configuration, Path.GetFileName(output), $"{project}.dll"));
    }

    private static long HighWaterMark(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
