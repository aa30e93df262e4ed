using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InceptionMl.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        if (DescriptorLimit.Problem() is { } problem)
        {
            System.Console.Error.WriteLine(problem);
            return Task.FromResult(ExitStatus.Failed);
        }

        return RunAsync(args);
    }

    // Not inlined: no further assembly is opened before the limit is checked.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Task<int> RunAsync(string[] args) => CommandLine.RunAsync(args, CommandContext.ForProcess());
}

/// <summary>
/// The number of files that the process may have open. The runtime keeps every assembly open: with too few it ends in the middle of the
/// work, with an assembly's name or without a word.
/// </summary>
internal static partial class DescriptorLimit
{
    /// <summary>What every command works with; <c>serve</c>, which needs most, was seen to open 232 before its first request.</summary>
    private const ulong Needed = 256;

    /// <summary>What to tell the user; null if the limit suffices or is not known.</summary>
    public static string? Problem() => Current() is { } limit && limit < Needed
        ? FormattableString.Invariant($"Only {limit} files may be open at once, and this tool needs {Needed}: raise the limit with `ulimit -n {Needed}`.")
        : null;

    private static ulong? Current()
    {
        // RLIMIT_NOFILE. The runtime has raised the soft limit to the hard one already.
        int resource = OperatingSystem.IsLinux() ? 7 : OperatingSystem.IsMacOS() ? 8 : -1;
        return resource >= 0 && GetResourceLimit(resource, out Limits limits) == 0 ? limits.Soft : null;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetResourceLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }
}
