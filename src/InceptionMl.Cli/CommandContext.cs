using InceptionMl.Cli.Console;
using InceptionMl.Training.Backbones;
using InceptionMl.Training.Backbones.Store;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary>All a verb may touch of the process it runs in.</summary>
internal sealed record CommandContext
{
    /// <summary>Results, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress and messages.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Paths, where a verb was given <c>-</c>.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Results for people.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>Progress and messages for people.</summary>
    public required IAnsiConsole ErrorConsole { get; init; }

    /// <summary>True where messages go to a terminal, on which a progress bar may be drawn.</summary>
    public required bool Interactive { get; init; }

    /// <summary>The widest line of help; null where there is no terminal that says.</summary>
    public int? HelpWidth { get; init; }

    /// <summary>Environment variables by name.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where backbones are kept unless <c>--store</c> says otherwise.</summary>
    public Func<string> DefaultStore { get; init; } = () => throw new BackboneException("There is no folder for backbones by default here: name one with --store");

    /// <summary>Opens what downloads go through; whoever asks for it disposes it.</summary>
    public Func<HttpClient> OpenHttp { get; init; } = CreateHttpClient;

    /// <summary>The real process: UTF-8 without a byte order mark, whatever the terminal's locale.</summary>
    public static CommandContext ForProcess()
    {
        System.Text.UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        TextWriter output = TextWriter.Synchronized(new StreamWriter(StandardOutput.Open(), utf8) { AutoFlush = true });
        TextWriter error = TextWriter.Synchronized(new StreamWriter(new MessageStream(System.Console.OpenStandardError()), utf8) { AutoFlush = true });
        return new CommandContext
        {
            Output = output,
            Error = error,
            Input = new StreamReader(System.Console.OpenStandardInput(), utf8),
            Console = Create(output, System.Console.IsOutputRedirected),
            ErrorConsole = Create(error, System.Console.IsErrorRedirected),
            Interactive = !System.Console.IsErrorRedirected,
            HelpWidth = System.Console.IsOutputRedirected ? null : System.Console.WindowWidth,
            Variable = Environment.GetEnvironmentVariable,
            DefaultStore = () => StoreFolder.Default(
                Environment.GetEnvironmentVariable("XDG_DATA_HOME"), Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)),
        };
    }

    // The system's proxy, or that of HTTPS_PROXY and NO_PROXY; redirections and time limits are the download's own.
    private static HttpClient CreateHttpClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

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
