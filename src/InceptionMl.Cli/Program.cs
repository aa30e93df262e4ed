using System.Runtime.CompilerServices;

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
