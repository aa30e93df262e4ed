using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using InceptionMl.Internal;

namespace InceptionMl.Cli;

/// <summary><c>help [VERB...]</c>, and what <c>--help</c> and the tool alone show.</summary>
internal static class HelpVerb
{
    /// <summary>Adds the verb, and puts our pages in the place of the parser's.</summary>
    public static void AddTo(RootCommand root, CommandContext context)
    {
        Argument<string[]> verbs = new("verb") { Description = "A verb, or a verb and the one below it.", Arity = ArgumentArity.ZeroOrMore };
        verbs.CompletionSources.Add([.. root.Subcommands.Select(verb => verb.Name)]);
        Command help = new("help", "Show how a verb is used, with examples.") { verbs };
        help.SetAction(parsed => Show(context, Find(root, parsed.GetValue(verbs) ?? [])));
        root.Add(help);
        root.Options.OfType<HelpOption>().Single().Action = new PageAction(context);
    }

    /// <summary>Shows a command's page.</summary>
    public static int Show(CommandContext context, Command command)
    {
        context.Output.Write(new HelpPage(context.OutputTerminal?.Width() ?? HelpPage.DefaultWidth).Write(command));
        return ExitStatus.Done;
    }

    private static Command Find(Command root, IReadOnlyList<string> words)
    {
        Command found = root;
        foreach (string word in words)
        {
            Command[] verbs = [.. found.Subcommands.Where(verb => !verb.Hidden)];
            string near = NearestName.Find(word, verbs.Select(verb => verb.Name)) is { } name
                ? $"; did you mean {name}?"
                : verbs.Length > 0 ? $": it may be {ParseProblems.Choice([.. verbs.Select(verb => verb.Name)])}." : ".";
            found = verbs.FirstOrDefault(verb => verb.Name.Equals(word, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"There is no command '{string.Join(' ', words)}'{near}");
        }

        return found;
    }

    private sealed class PageAction(CommandContext context) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult) => Show(context, parseResult.CommandResult.Command);
    }
}
