using System.Diagnostics;
using System.Runtime.InteropServices;

namespace InceptionMl.Cli.Tests.Scaffolding;

/// <summary>The <c>dotnet</c> command in a process of its own.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs the command to its end.</summary>
    public static Task<ToolRun> RunAsync(string folder, params string[] arguments) => RunProgramAsync("dotnet", folder, arguments);

    /// <summary>Runs a program that the command has installed to its end.</summary>
    public static async Task<ToolRun> RunProgramAsync(string program, string folder, params string[] arguments)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using Process process = StartProgram(program, folder, arguments);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new ToolRun(process.ExitCode, await output, await error, Table: string.Empty);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts the command, its streams caught.</summary>
    public static Process Start(string folder, params string[] arguments) => StartProgram("dotnet", folder, arguments);

    private static Process StartProgram(string program, string folder, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // An installed program looks for the runtime in the usual places only.
            Environment = { ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")) },
        };

        // What the process that runs the tests was told about its own build is not for others.
        foreach (string variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        return Process.Start(start)!;
    }
}
