using System.CommandLine;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Help;

public sealed class HelpTests
{
    public static TheoryData<string> Verbs => [.. All(Root()).Where(verb => verb.Length > 0)];

    private static RootCommand Root() => CommandLine.CreateRoot(Tool.Context());

    private static IEnumerable<string> All(Command command, string above = "") =>
        [above, .. command.Subcommands.Where(verb => !verb.Hidden).SelectMany(verb => All(verb, $"{above} {verb.Name}".Trim()))];

    [Fact]
    public async Task The_tool_alone_shows_its_verbs_in_the_order_of_use()
    {
        ToolRun run = await Tool.RunAsync();

        Assert.Equal((ExitStatus.Done, ""), (run.Status, run.Error));
        Expectation.Holds(run.Output, "Help", "Pages", "inceptionml.txt");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_of_a_verb_and_the_verb_with_help_show_one_page_with_examples(string verb)
    {
        ToolRun asked = await Tool.RunAsync(["help", .. verb.Split(' ')]);
        ToolRun option = await Tool.RunAsync([.. verb.Split(' '), "--help"]);

        Assert.Equal((ExitStatus.Done, ""), (asked.Status, asked.Error));
        Assert.Equal((asked.Output, ExitStatus.Done), (option.Output, option.Status));
        Assert.NotEmpty(HelpExamples.For(verb));
    }

    [Theory]
    [InlineData("check")]
    [InlineData("explain")]
    [InlineData("models show")]
    [InlineData("backbones import")]
    public async Task A_page_reads_as_it_is_on_file(string verb) =>
        Expectation.Holds((await Tool.RunAsync(["help", .. verb.Split(' ')])).Output, "Help", "Pages", verb.Replace(' ', '-') + ".txt");

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_example_is_a_command_line_that_the_tool_takes(string verb) => Assert.All(
        HelpExamples.For(verb), example => Assert.Empty(ParseProblems.Find(Root().Parse(example))));

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        RootCommand root = Root();
        foreach (Command command in root.Subcommands.Prepend<Command>(root))
        {
            IEnumerable<string> wide = new HelpPage(width).Write(command).Split('\n').Where(line => line.Length > width && line.Trim().Contains(' ', StringComparison.Ordinal));
            Assert.Empty(wide);
        }
    }

    [Fact]
    public void Every_verb_stands_in_a_group() =>
        Assert.Empty(Root().Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).Except(VerbGroup.All.SelectMany(group => group.Verbs)));

    [Fact]
    public async Task Help_of_a_verb_that_does_not_exist_says_which_was_meant()
    {
        ToolRun run = await Tool.RunAsync("help", "bakcbones", "pull");

        Assert.Equal((ExitStatus.Usage, ""), (run.Status, run.Output));
        Assert.Contains("did you mean backbones?", run.Error, StringComparison.Ordinal);
    }
}
