using System.Text.RegularExpressions;
using InceptionMl.Cli.Tests.Scaffolding;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>Every command line in our documents names what exists: commands and options of the tool and of <c>dotnet</c>, projects, scripts, addresses.</summary>
[Trait("Category", "Slow")]
public sealed partial class ShellSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // Without a project 'dotnet test --help' builds nothing.
    public ShellSampleTests() => File.Copy(Workspace.At("global.json"), folder.At("global.json"));

    public static TheoryData<string> Documents => [.. MarkdownSamples.Documents];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_command_line_of_a_document_names_what_exists(string document)
    {
        foreach (ShellCommand command in ShellCommand.In(document))
        {
            string? problem = await ProblemAsync(command);

            Assert.True(problem is null, $"{document}:{command.Line}: {command.Text}\n{problem}");
        }
    }

    private async Task<string?> ProblemAsync(ShellCommand command) => command.Words switch
    {
        _ when command.ToolArguments is { } arguments => ParseProblems.Find(CommandLine.CreateRoot(Tool.Context()).Parse(arguments)) is [var problem, ..] ? problem : null,
        ["dotnet", "run", ..] when command.Project == "tests/InceptionMl.Benchmarks" => Benchmark(command.AfterDashes),
        ["dotnet", .. var words] => Missing(command) ?? await UnknownOptionAsync(words),
        ["python3", "-c", ..] => null,
        ["python3", var script, ..] => Find(command, script) ? null : $"there is no {script}",
        ["curl", .. var words] => words.Any(word => Address().IsMatch(word)) ? null : "the service does not answer at this address",
        ["cp", var from, _] => Find(command, Path.GetDirectoryName(from)!) ? null : $"there is no {from}",
        ["sqlite3", "artifacts/incoming/results.db", _] => null,
        [var program, ..] when program.EndsWith("InceptionMl.Training.Tests", StringComparison.Ordinal) => command.Words[1] == "-class" ? null : "xunit's option is -class",
        _ when command.Document.StartsWith("tests/InceptionMl.Benchmarks/", StringComparison.Ordinal) => Benchmark(command.Words),
        _ => "this program is not known to the test: add it, or fence what is no command as text",
    };

    // The verbs and options are those of the program's usage.
    private static string? Benchmark(string[] words)
    {
        if (words is ["VERB", "ARGUMENTS"])
        {
            return null;
        }

        string usage = File.ReadLines(Workspace.At("tests", "InceptionMl.Benchmarks", "Program.cs"))
            .FirstOrDefault(line => words.Length > 0 && line.TrimStart().StartsWith(words[0] + " ", StringComparison.Ordinal)) ?? string.Empty;
        return usage.Length == 0 ? "the benchmarks have no such verb"
            : words.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && !usage.Contains(word, StringComparison.Ordinal));
    }

    private static bool Find(ShellCommand command, string path) =>
        Path.Exists(Workspace.At(path.Split('/'))) || Path.Exists(Path.Combine(Path.GetDirectoryName(Workspace.At(command.Document.Split('/')))!, path));

    private static string? Missing(ShellCommand command) =>
        command.Words.Append(command.Project).FirstOrDefault(word =>
            word is not null && (word == command.Project || word.EndsWith(".cs", StringComparison.Ordinal) || word.EndsWith(".sln", StringComparison.Ordinal))
            && !Find(command, word)) is { } missing ? $"there is no {missing}" : null;

    private async Task<string?> UnknownOptionAsync(string[] words)
    {
        string[] command = [.. words.TakeWhile((word, i) => i == 0 || (Nested.Contains(words[0]) && Verb().IsMatch(word)))];
        string[] options = [.. words.TakeWhile(word => word != "--").Where(word => word.StartsWith('-') && !word.StartsWith("-p:", StringComparison.Ordinal))];
        string help = (await DotnetCommand.RunAsync(folder.Path, [.. command, "--help"])).Output;
        return options.FirstOrDefault(option => !Regex.IsMatch(help, $@"(^|[ ,|]){Regex.Escape(option)}($|[ ,|=])", RegexOptions.Multiline)) is { } unknown
            ? $"dotnet {string.Join(' ', command)} has no option {unknown}"
            : null;
    }

    // Commands of 'dotnet' whose next words are commands too.
    private static readonly string[] Nested = ["tool", "nuget", "add", "new"];

    [GeneratedRegex("^(install|add|source|package|list|console|web|nugetconfig)$")]
    private static partial Regex Verb();

    [GeneratedRegex(@"^http://(localhost|127\.0\.0\.1):5080/(score|model|health)")]
    private static partial Regex Address();
}
