using Spectre.Console;

namespace InceptionMl.Cli.Tests.Networks;

/// <summary>Runs the tool on a command line and keeps what it wrote.</summary>
internal sealed record NetworkRun(int Status, string Output, string Error)
{
    public static async Task<NetworkRun> Of(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        CommandContext context = new()
        {
            Output = output,
            Error = error,
            Input = TextReader.Null,
            Console = Plain(output),
            ErrorConsole = Plain(error),
            Interactive = false,
        };
        int status = await CommandLine.RunAsync(["network", .. args], context);
        return new NetworkRun(status, output.ToString(), error.ToString());
    }

    private static IAnsiConsole Plain(TextWriter writer) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
}
