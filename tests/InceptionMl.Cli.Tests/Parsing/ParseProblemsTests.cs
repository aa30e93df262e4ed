using System.CommandLine;

namespace InceptionMl.Cli.Tests.Parsing;

/// <summary>What was probably meant by a command line that is wrong.</summary>
public sealed class ParseProblemsTests
{
    [Theory]
    [InlineData("trian x", "There is no command 'trian'; did you mean train?")]
    [InlineData("Train x", "There is no command 'Train'; did you mean train?")]
    [InlineData("fly", "There is no command 'fly': it may be ")]
    [InlineData("backbones pul x", "backbones has no command 'pul'; did you mean pull?")]
    [InlineData("models", "models needs to be told what to do: list, show, compare, promote, rollback or prune.")]
    [InlineData("train x --hed auto", "train has no option --hed; did you mean --head?")]
    [InlineData("train x --hed=auto", "train has no option --hed; did you mean --head?")]
    [InlineData("train --hed auto x", "train has no option --hed; did you mean --head?")]
    [InlineData("train x --zzzzzzzz", "train has no option --zzzzzzzz; for a file of that name write ./--zzzzzzzz.")]
    [InlineData("score m.zip x --jsn", "score has no option --jsn; did you mean --json?")]
    [InlineData("backbones list --stoer d", "backbones list has no option --stoer; did you mean --store?")]
    [InlineData("train x --out --jsonn", "train has no option --jsonn; did you mean --json?")]
    [InlineData("--versoin", "There is no option --versoin; did you mean --version?")]
    [InlineData("train x --head lfbgs", "--head lfbgs is not auto, lbfgs or sdca; did you mean lbfgs?")]
    [InlineData("train x --head forest", "--head forest is not auto, lbfgs or sdca.")]
    [InlineData("score m.zip x --format jsno", "--format jsno is not table, json, csv or parquet; did you mean json?")]
    [InlineData("train a b", "'b' is one argument too many: train takes <images>.")]
    [InlineData("train", "train needs <images>: a folder")]
    [InlineData("scaffold m.zip --name X", "scaffold needs --out: the folder to write")]
    [InlineData("train x --validation", "--validation needs a value: ")]
    [InlineData("train x --seed 1 --seed 2", "--seed is given more than once.")]
    [InlineData("train x --seed many", "--seed many is not a whole number.")]
    [InlineData("train x --seed 1.5", "--seed 1.5 is not a whole number.")]
    [InlineData("train x --seed 99999999999", "--seed 99999999999 is not a whole number of a size that can be used.")]
    [InlineData("train x --validation 0,2", "--validation 0,2 is not a number: write 0.2, with a point.")]
    [InlineData("train x --test 10%", "--test 10% is not a number: write 0.1.")]
    [InlineData("train x --test 12,5%", "--test 12,5% is not a number: write 0.125.")]
    [InlineData("train x --test NaN", "--test NaN is not a number.")]
    [InlineData("score m.zip x --abstain-below 0,8", "--abstain-below 0,8 is not a number: write 0.8, with a point.")]
    [InlineData("score m.zip x --abstain-below 80%", "--abstain-below 80% is not a number: write 0.8.")]
    [InlineData("retrain p.json --watch --quiet 1,5", "--quiet 1,5 is not a number: write 1.5, with a point.")]
    [InlineData("backbones pull inceptionv3 --store s", "There is no published backbone 'inceptionv3'; did you mean inception-v3?")]
    [InlineData("backbones pull Inception-V3 --store s", "There is no published backbone 'Inception-V3'; did you mean inception-v3?")]
    [InlineData("score m.zip https://example.com/a.jpg", "https://example.com/a.jpg is a web address: score takes files")]
    [InlineData("train HTTP://example.com/set.zip", "HTTP://example.com/set.zip is a web address: train takes files")]
    [InlineData("score m.zip data:image/png;base64,iVBORw0KGgo=", "data:image/png;base64,iVBORw0KGgo= is a data URI")]
    [InlineData("network inceptoin-v3", "There is no network 'inceptoin-v3'; did you mean inception-v3?")]
    public async Task A_wrong_command_line_says_what_was_probably_meant(string line, string said)
    {
        ToolRun run = await Tool.RunAsync(line.Split(' '));

        Assert.Equal((ExitStatus.Usage, ""), (run.Status, run.Output));
        Assert.StartsWith(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train . --backbone inceptionv3 --store /no/store", "did you mean inception-v3?")]
    [InlineData("train . --backbone inception-compcat --store /no/store", "did you mean inception-compact?")]
    [InlineData("backbones show inceptoin-v4-slim --store /no/store", "did you mean inception-v4-slim?")]
    [InlineData("classify x.jpg --backbone inceptionv3 --store /no/store", "did you mean inception-v3?")]
    public async Task A_backbone_that_does_not_exist_says_which_was_probably_meant(string line, string said)
    {
        ToolRun run = await Tool.RunAsync(line.Split(' '));

        Assert.Equal((ExitStatus.Failed, ""), (run.Status, run.Output));
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_are_taken_in_any_case()
    {
        ToolRun run = await Tool.RunAsync("network", "googlenet", "--format", "JSON");

        Assert.Equal((ExitStatus.Done, ""), (run.Status, run.Error));
        Assert.Single(run.Json);
    }

    [Fact]
    public void A_file_named_like_an_option_is_taken_after_two_dashes() =>
        Assert.Empty(ParseProblems.Find(CommandLine.CreateRoot(Tool.Context()).Parse(["train", "--", "--pictures"])));

    [Fact]
    public void No_option_leaves_numbers_and_words_to_the_parser()
    {
        RootCommand root = CommandLine.CreateRoot(Tool.Context());
        string[] wrong = [.. Options(root).Where(option => option.ValueType != typeof(bool) && option.ValueType != typeof(string) && option.ValueType != typeof(string[]))
            .Where(option => option.Name is not ("--help" or "--version"))
            .Where(option => !root.Parse(Line(option)).Errors.Any(error => error.Message.StartsWith($"{option.Name} zzz is not a ", StringComparison.Ordinal)))
            .Select(option => option.Name)];

        Assert.Empty(wrong);

        static IEnumerable<Option> Options(Command command) => command.Options.Concat(command.Subcommands.SelectMany(Options));
        static string Line(Option option) => $"{string.Join(' ', Path(option.Parents.OfType<Command>().First()))} {option.Name} zzz";
        static IEnumerable<string> Path(Command command) => command is RootCommand ? [] : [.. command.Parents.OfType<Command>().Take(1).SelectMany(Path), command.Name];
    }
}
