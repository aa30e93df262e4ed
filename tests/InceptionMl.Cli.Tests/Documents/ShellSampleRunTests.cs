namespace InceptionMl.Cli.Tests.Documents;

/// <summary>The command lines of the tool in our documents, run in a folder that holds what they name.</summary>
[Trait("Category", "Slow")]
public sealed class ShellSampleRunTests(SampleFolder folder) : IClassFixture<SampleFolder>
{
    // Every other command line of the tool is run.
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["demo"] = "the README's main command, which .ci/run runs and PackageTests too",
        ["serve"] = "ends only when it is told to; ServeVerbTests run it",
        ["--watch"] = "ends only when it is told to; RetrainVerbTests run it",
        ["backbones pull"] = "uses the network",
        ["WEIGHTS"] = "stands for a file that the reader has",
        ["keras2.h5"] = "is made by the Python script in the line above",
        ["--backbone inception-v3"] = "needs weights that the reader pulls first",
        ["classify a.jpg --json"] = "needs weights that the reader pulls first",
        ["NAMES.txt"] = "needs a network with its classifier",
    };

    public static TheoryData<string> Documents => [.. MarkdownSamples.Documents.Where(document => ShellCommand.In(document).Any(IsRun))];

    private static IEnumerable<ShellCommand> All => MarkdownSamples.Documents.SelectMany(ShellCommand.In);

    private static bool IsRun(ShellCommand command) => command.ToolArguments is not null && !NotRun.Keys.Any(part => Has(command, part));

    private static bool Has(ShellCommand command, string part) => $" {command.Text} ".Contains($" {part} ", StringComparison.Ordinal)
        || command.Words.Any(word => Path.GetFileName(word) == part);

    [Fact]
    public void Every_exception_is_of_use() =>
        Assert.All(NotRun.Keys, part => Assert.Contains(All, command => command.ToolArguments is not null && Has(command, part)));

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_command_lines_of_a_document_do_what_they_say(string document)
    {
        foreach (ShellCommand command in ShellCommand.In(document).Where(IsRun))
        {
            ToolRun run = await folder.RunAsync(command);

            Assert.True(run.Status == ExitStatus.Done || (run.Status == ExitStatus.Kept && command.ToolArguments![0] == "retrain"),
                $"{document}:{command.Line}: {command.Text}\nstatus {run.Status}\n{run.Output}\n{run.Error}");
        }
    }
}
