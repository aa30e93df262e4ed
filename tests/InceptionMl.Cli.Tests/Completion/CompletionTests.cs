using System.Diagnostics;
using InceptionMl.TestSupport;

namespace InceptionMl.Cli.Tests.Completion;

[Trait("Category", "Slow")]
public sealed class CompletionTests
{
    [Theory]
    [InlineData("bash", "bash", "-n")]
    [InlineData("zsh", "zsh", "-n")]
    [InlineData("fish", "fish", "--no-execute")]
    public async Task A_shells_script_is_one_that_the_shell_can_read(string shell, string program, string check)
    {
        using TemporaryFolder folder = new();
        ToolRun run = await Tool.RunAsync("completion", shell);
        string script = folder.Write("script", System.Text.Encoding.UTF8.GetBytes(run.Output));

        Assert.Equal((ExitStatus.Done, ""), (run.Status, run.Error));
        Assert.Equal("", await RunAsync(program, check, script));
    }

    [Fact]
    public async Task Bash_completes_what_the_tool_suggests()
    {
        using TemporaryFolder folder = new();
        string script = folder.Write("script", System.Text.Encoding.UTF8.GetBytes((await Tool.RunAsync("completion", "bash")).Output
            + """

            inceptionml() { printf 'train\nretrain\n'; }
            COMP_LINE='inceptionml tra' COMP_POINT=15 COMP_WORDS=(inceptionml tra) COMP_CWORD=1
            _inceptionml_complete
            echo "${COMPREPLY[@]}"
            """));

        Assert.Equal("train", (await RunAsync("bash", "--norc", script)).Trim());
    }

    [Theory]
    [InlineData("inceptionml tra", "train")]
    [InlineData("inceptionml backbones pu", "pull")]
    [InlineData("inceptionml train x --hea", "--head")]
    [InlineData("inceptionml train x --head lb", "lbfgs")]
    public async Task The_tool_suggests_verbs_options_and_words(string line, string suggested)
    {
        ToolRun run = await Tool.RunAsync(FormattableString.Invariant($"[suggest:{line.Length}]"), line);

        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Contains(suggested, run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task A_shell_that_is_not_known_says_which_are()
    {
        ToolRun run = await Tool.RunAsync("completion", "bsh");

        Assert.Equal((ExitStatus.Usage, ""), (run.Status, run.Output));
        Assert.Contains("did you mean bash?", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed");
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output + error;
    }
}
