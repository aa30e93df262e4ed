using InceptionMl.Backbones;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary>All a verb may touch of the process it runs in.</summary>
internal sealed record CommandContext
{
    /// <summary>Gets the results, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Gets the progress and messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Gets the reader of paths for a verb that was given <c>-</c>.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Gets the results for people.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>Gets the progress and messages for people.</summary>
    public required IAnsiConsole ErrorConsole { get; init; }

    /// <summary>Gets a value that indicates whether messages go to a terminal, on which a progress bar may be drawn.</summary>
    public required bool Interactive { get; init; }

    /// <summary>Gets the terminal that results go to; null if there is none.</summary>
    public Terminal? OutputTerminal { get; init; }

    /// <summary>Gets the terminal that messages go to; null if there is none.</summary>
    public Terminal? ErrorTerminal { get; init; }

    /// <summary>Gets the results as text for people: on the same stream as <see cref="Output"/>.</summary>
    public TerminalWriter Text => new(Output, OutputTerminal);

    /// <summary>Where a result goes: to programs as it is, to people as text.</summary>
    public TextWriter Writer(bool forPrograms) => forPrograms ? Output : Text;

    /// <summary>Gets the same context, whose messages are text for people.</summary>
    public CommandContext ForPeople() => this with { Error = new TerminalWriter(Error, ErrorTerminal) };

    /// <summary>Tells what went wrong.</summary>
    public Task FailAsync(string sentence)
    {
        Tell(Tone.Bad, sentence);
        return Task.CompletedTask;
    }

    /// <summary>Tells something that is no result.</summary>
    public void Tell(Tone tone, string sentence) => (Error as TerminalWriter ?? new TerminalWriter(Error, ErrorTerminal)).WriteLine(tone, sentence);

    /// <summary>Gets the environment variables by name.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Gets the file that standard output is redirected to; null if it goes elsewhere, or nobody can tell.</summary>
    public Func<string?> OutputPath { get; init; } = static () => null;

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets where backbones are kept unless <c>--store</c> says otherwise.</summary>
    public Func<string> DefaultStore { get; init; } = () => throw new BackboneException("There is no folder for backbones by default here: name one with --store");

    /// <summary>Gets the networks that packages bring.</summary>
    public IReadOnlyList<PackagedBackbone> Packaged { get; init; } = [];

    /// <summary>Gets a function that creates the client for downloads. The caller disposes the client.</summary>
    public Func<HttpClient> OpenHttp { get; init; } = CreateHttpClient;

    /// <summary>Creates the context of the real process: UTF-8 without a byte order mark, whatever the terminal's locale.</summary>
    public static CommandContext ForProcess()
    {
        System.Text.UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        TextWriter output = TextWriter.Synchronized(new StreamWriter(StandardOutput.Open(), utf8) { AutoFlush = true });
        TextWriter error = TextWriter.Synchronized(new StreamWriter(new MessageStream(System.Console.OpenStandardError()), utf8) { AutoFlush = true });
        IAnsiConsole console = Create(output, System.Console.IsOutputRedirected);
        IAnsiConsole errorConsole = Create(error, System.Console.IsErrorRedirected);
        return new CommandContext
        {
            Output = output,
            Error = error,
            Input = new StreamReader(System.Console.OpenStandardInput(), utf8),
            Console = console,
            ErrorConsole = errorConsole,
            Interactive = !System.Console.IsErrorRedirected,
            OutputTerminal = TerminalOf(console, System.Console.IsOutputRedirected),
            ErrorTerminal = TerminalOf(errorConsole, System.Console.IsErrorRedirected),
            Packaged = [ResNet18.Backbone],
            OutputPath = FindOutputPath,
            Variable = Environment.GetEnvironmentVariable,
            DefaultStore = () => StoreFolder.Default(
                Environment.GetEnvironmentVariable("XDG_DATA_HOME"), Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)),
        };
    }

    // The system's proxy, or that of HTTPS_PROXY and NO_PROXY; redirections and time limits are the download's own.
    private static HttpClient CreateHttpClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    // Linux alone tells what a descriptor is of.
    private static string? FindOutputPath()
    {
        try
        {
            return OperatingSystem.IsLinux() && new FileInfo("/proc/self/fd/1").LinkTarget is { } target && File.Exists(target) ? target : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Terminal? TerminalOf(IAnsiConsole console, bool redirected) => redirected
        ? null
        : new Terminal(() => console.Profile.Width, console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            // Without a terminal there is no width to fold at.
            console.Profile.Width = 160;
        }

        return console;
    }
}
