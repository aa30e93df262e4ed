using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Privacy;

/// <summary>
/// A .NET program in a fresh home folder and an almost empty environment, watched: which files appear in the home folder, and, where
/// <c>strace</c> works, which sockets it connects. The environment is not inherited, because ONNX Runtime's telemetry is silent wherever
/// a variable of a build server is set.
/// </summary>
internal sealed partial class WatchedProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<bool> StraceWorks = new(() => Works("strace", "-f", "-o", "/dev/null", "true"));
    private static readonly Lazy<bool> NamespaceWorks = new(() => Works("unshare", "--user", "--map-root-user", "--net", "true"));

    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly bool traced;

    private WatchedProcess(string[] wrapper, bool withHome, IReadOnlyList<string> arguments)
    {
        traced = wrapper is ["strace", ..];
        Directory.CreateDirectory(Home);
        string dotnetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string[] command = [.. wrapper, Path.Combine(dotnetRoot, "dotnet"), .. arguments];
        if (traced)
        {
            command = [command[0], "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", Trace, .. command[1..]];
        }

        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        if (withHome)
        {
            start.Environment["HOME"] = Home;
        }

        patience.CancelAfter(Patience);
        Process = Process.Start(start)!;
    }

    /// <summary>The program; <c>strace</c> where that watches it.</summary>
    public Process Process { get; }

    /// <summary>The number of the program itself, once it has said something.</summary>
    public string ProgramId => traced ? File.ReadAllText($"/proc/{Process.Id}/task/{Process.Id}/children").Trim() : $"{Process.Id}";

    private string Home => folder.At("home");

    private string Trace => folder.At("trace");

    /// <summary>Starts a program, its sockets watched where that is possible.</summary>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    public static WatchedProcess Start(params string[] arguments) => new(StraceWorks.Value ? ["strace"] : [], withHome: true, arguments);

    /// <summary>Starts a program that is not told of a home folder.</summary>
    public static WatchedProcess StartWithoutHome(params string[] arguments) => new([], withHome: false, arguments);

    /// <summary>Starts a program without any network; skips the running test where a process cannot be kept from it.</summary>
    public static WatchedProcess StartCutOffOrSkip(params string[] arguments)
    {
        Assert.SkipUnless(NamespaceWorks.Value, "needs unshare and the right to make a network namespace");
        return new(["unshare", "--user", "--map-root-user", "--net"], withHome: true, arguments);
    }

    /// <summary>Reads what is left of the output and waits for the end.</summary>
    public async Task<ToolRun> EndAsync()
    {
        Process.StandardInput.Close();
        Task<string> error = Process.StandardError.ReadToEndAsync(patience.Token);
        string output = await Process.StandardOutput.ReadToEndAsync(patience.Token);
        await Process.WaitForExitAsync(patience.Token);
        return new ToolRun(Process.ExitCode, output, await error, Table: string.Empty);
    }

    /// <summary>The files in the home folder.</summary>
    public string[] FilesAtHome() => Directory.GetFiles(Home, "*", SearchOption.AllDirectories);

    /// <summary>What the ended program sent to other machines, or asked a name server; empty too where nothing can watch it.</summary>
    public string[] CallsAbroad() => traced
        ? [.. File.ReadLines(Trace).Where(call => InternetCall().IsMatch(call) && (!Loopback().IsMatch(call) || NameServer().IsMatch(call)))]
        : [];

    /// <summary>Holds the ended program to its promise: nothing in the home folder, nobody talked to but this machine.</summary>
    public void AssertKeptToItself()
    {
        Assert.Empty(FilesAtHome());
        Assert.SkipUnless(traced, "the home folder stayed empty; the sockets need strace, and the right to use it");
        Assert.Empty(CallsAbroad());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        patience.Dispose();
        folder.Dispose();
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex(@"sa_family=AF_INET6?\b")]
    private static partial Regex InternetCall();

    [GeneratedRegex(@"inet_addr\(""127\.|inet_pton\(AF_INET6, ""(::1|::ffff:127\.[0-9.]+)""")]
    private static partial Regex Loopback();

    // A resolver on this machine asks others.
    [GeneratedRegex(@"htons\(53\)")]
    private static partial Regex NameServer();
}
