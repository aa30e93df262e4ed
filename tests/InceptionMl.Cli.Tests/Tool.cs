using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests;

/// <summary>Runs the tool inside the test process, its streams caught.</summary>
internal static class Tool
{
    public static Task<ToolRun> RunAsync(params string[] arguments) => RunWithInputAsync(string.Empty, arguments);

    /// <summary>A context that nothing is read from or shown by.</summary>
    public static CommandContext Context() => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Input = TextReader.Null,
        Console = new TestConsole(),
        ErrorConsole = new TestConsole(),
        Interactive = false,
    };

    public static async Task<ToolRun> RunWithInputAsync(string input, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using StringReader reader = new(input);
        using TestConsole console = new TestConsole().Width(160);
        using TestConsole errorConsole = new TestConsole().Width(160);
        CommandContext context = new()
        {
            Output = output,
            Error = error,
            Input = reader,
            Console = console,
            ErrorConsole = errorConsole,
            Interactive = false,
        };
        int status = await CommandLine.RunAsync(arguments, context);
        return new ToolRun(status, output.ToString(), error.ToString(), console.Output);
    }
}
