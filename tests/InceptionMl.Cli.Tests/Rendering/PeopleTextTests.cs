using InceptionMl.Internal;
using InceptionMl.TestSupport;
using Spectre.Console.Testing;

namespace InceptionMl.Cli.Tests.Rendering;

/// <summary>Text on terminals of any width.</summary>
public sealed class PeopleTextTests
{
    private static string Written(int width, bool color, Action<TerminalWriter> write)
    {
        using StringWriter inner = new() { NewLine = "\n" };
        using TerminalWriter writer = new(inner, new Terminal(() => width, color));
        write(writer);
        return inner.ToString();
    }

    private static TerminalTable Table()
    {
        TerminalTable table = new(
            new TerminalColumn("label"),
            new TerminalColumn("images", IsNumber: true, Rank: 1),
            new TerminalColumn("F1", IsNumber: true),
            new TerminalColumn("mistaken for", Rank: 2));
        table.Add("a label that is longer than the forty columns of a name", "123456", "98.7 %", "another label of some length (12)");
        table.Add("short\n", "1", "-", "");
        return table;
    }

    [Theory]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("\e[31mred", @"\x1b[31mred")]
    [InlineData("photo\u202egpj.exe", @"photo\u202egpj.exe")]
    [InlineData("a\u2028b\u200fc\u00adfeff\ufeff", @"a\u2028b\u200fc\xadfeff\ufeff")]
    [InlineData("Schraube größer 图像 👩‍🔧", "Schraube größer 图像 👩‍🔧")]
    public void What_a_terminal_would_obey_is_shown_escaped(string name, string shown)
    {
        Assert.Equal(shown, Printable.Escape(name));
        Assert.Equal(shown + "\n", Written(200, color: false, writer => writer.WriteLine(name)));
    }

    [Fact]
    public async Task A_name_with_control_characters_is_escaped_in_a_message()
    {
        ToolRun run = await Tool.RunAsync("train", "/no/such\u202e\n\e[2Jfolder");

        Assert.Contains(@"/no/such\u202e\n\x1b[2Jfolder", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(24)]
    public void Lines_are_folded_at_words(int width)
    {
        const string Sentence = "warning: The model knows no label 图像图像图像 so that every image under it counts as wrong, and 1234567 more are left out.";

        string[] lines = Written(width, color: false, writer => writer.WriteLine(Sentence)).TrimEnd('\n').Split('\n');

        Assert.Equal(Sentence, string.Join(' ', lines));
        Assert.All(lines, line => Assert.True(TerminalWriter.Columns(line) <= width, line));
    }

    [Fact]
    public void Color_is_for_terminals_that_have_it()
    {
        Assert.Equal("\e[32mpromoted\e[0m\n", Written(80, color: true, writer => writer.WriteLine(Tone.Good, "promoted")));
        Assert.Equal("\e[33mwarning: look\e[0m\n", Written(80, color: true, writer => writer.WriteLine("warning: look")));
        Assert.Equal("promoted\n", Written(80, color: false, writer => writer.WriteLine(Tone.Good, "promoted")));
    }

    [Theory]
    [InlineData(160)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(30)]
    public void A_table_leaves_columns_out_before_it_cuts_a_name_and_never_breaks_a_cell(int width)
    {
        using TestConsole console = new TestConsole().Width(width);

        Table().Write(console);

        Assert.All(console.Output.Split('\n'), line => Assert.True(TerminalWriter.Columns(line) <= width, line));
        Expectation.Holds(console.Output, "Rendering", "Tables", FormattableString.Invariant($"{width}.txt"));
    }
}
