using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace InceptionMl.Cli;

/// <summary>A verb's help page: what it does, examples, arguments and options, folded at words to a width.</summary>
/// <param name="width">The widest line.</param>
internal sealed class HelpPage(int width)
{
    /// <summary>The name the tool is called by.</summary>
    public const string Tool = "inceptionml";

    /// <summary>The widest line where nobody says how wide the terminal is.</summary>
    public const int DefaultWidth = 80;

    private const int Widest = 100;
    private const int Narrowest = 24;
    private const int SideBySide = 60;
    private const int LongestLabel = 28;

    private readonly int width = Math.Clamp(width, Narrowest, Widest);
    private readonly StringBuilder text = new();

    /// <summary>Gets the page of a command.</summary>
    /// <param name="command">The verb, or the tool itself.</param>
    public string Write(Command command)
    {
        text.Clear();
        string verb = Path(command);
        Paragraph(command.Description ?? string.Empty);
        Title("Usage");
        Fold($"{Usage(command, verb)}", 2, 4);
        IReadOnlyList<string> examples = command is RootCommand ? ["demo", "train PICTURES --out bolts.zip", "score bolts.zip one.jpg"] : HelpExamples.For(verb);
        if (examples.Count > 0)
        {
            Title("Examples");
            foreach (string example in examples)
            {
                Fold($"{Tool} {example}", 2, 4);
            }
        }

        Verbs(command);
        Rows("Arguments", command.Arguments.Where(argument => !argument.Hidden).Select(argument => ($"<{argument.Name}>", argument.Description ?? string.Empty)));
        Rows("Options", Options(command).Select(option => (Label(option), Description(option))));
        if (command is RootCommand)
        {
            text.Append('\n');
            Fold($"{Tool} help VERB tells more of a verb, with examples.", 0, 0);
        }

        return text.ToString();
    }

    private static string Path(Command command) => command is RootCommand
        ? string.Empty
        : string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(Path).Where(parent => parent.Length > 0).Append(command.Name));

    private static string Usage(Command command, string verb)
    {
        IEnumerable<string> arguments = command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
            (argument.Arity.MinimumNumberOfValues > 0 ? $"<{argument.Name}>" : $"[<{argument.Name}>]") + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : string.Empty));
        IEnumerable<string> required = command.Options.Where(option => option.Required).Select(Label);
        string below = command.Subcommands.Count == 0 ? string.Empty : command.Action is null ? "<command>" : "[<command>]";
        return string.Join(' ', new[] { Tool, verb, below }.Concat(arguments).Concat(required).Append("[options]").Where(part => part.Length > 0));
    }

    private static IEnumerable<Option> Options(Command command)
    {
        IEnumerable<Option> above = command.Parents.OfType<Command>().Take(1).SelectMany(Options).Where(option => option.Recursive);
        return command.Options.Concat(above).Where(option => !option.Hidden).OrderBy(option => option is HelpOption or VersionOption || option.Name == "--verbose");
    }

    private static string Label(Option option) => option switch
    {
        HelpOption => "-h, --help",
        { Arity.MaximumNumberOfValues: 0 } => option.Name,
        _ when option.ValueType == typeof(bool) => option.Name,
        _ => $"{option.Name} <{option.HelpName ?? option.Name.TrimStart('-')}>",
    };

    private static string Description(Option option)
    {
        string said = option switch
        {
            HelpOption => "Show this page.",
            VersionOption => "Show the version.",
            _ => option.Description ?? string.Empty,
        };
        bool tellsDefault = option.HasDefaultValue && option.ValueType != typeof(bool) && !said.Contains("default", StringComparison.OrdinalIgnoreCase);
        return tellsDefault && option.GetDefaultValue() is { } value ? FormattableString.Invariant($"{said} The default is {value}.") : said;
    }

    private static string FirstSentence(string? description) => (description ?? string.Empty).Split(". ")[0].TrimEnd('.') + ".";

    private void Verbs(Command command)
    {
        Command[] verbs = [.. command.Subcommands.Where(verb => !verb.Hidden)];
        if (command is not RootCommand)
        {
            Rows("Commands", verbs.Select(verb => (verb.Name, FirstSentence(verb.Description))));
            return;
        }

        foreach (VerbGroup group in VerbGroup.All.Append(new VerbGroup("Further", [.. verbs.Select(verb => verb.Name).Except(VerbGroup.All.SelectMany(g => g.Verbs))])))
        {
            Rows(group.Title, group.Verbs
                .Select(name => verbs.FirstOrDefault(verb => verb.Name == name))
                .OfType<Command>()
                .Select(verb => (verb.Name, FirstSentence(verb.Description))));
        }
    }

    private void Title(string title) => text.Append('\n').Append(title).Append('\n');

    private void Paragraph(string said) => Fold(said, 0, 0);

    private void Rows(string title, IEnumerable<(string Label, string Said)> rows)
    {
        (string Label, string Said)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        Title(title);
        int column = width < SideBySide ? 6 : 4 + Math.Min(LongestLabel, all.Max(row => row.Label.Length));
        foreach ((string label, string said) in all)
        {
            if (width >= SideBySide && label.Length <= column - 4)
            {
                Fold($"{label.PadRight(column - 4)}  {said}", 2, column);
            }
            else
            {
                Fold(label, 2, 4);
                Fold(said, column, column);
            }
        }
    }

    private void Fold(string line, int first, int further)
    {
        string rest = line;
        int indent = first;
        while (true)
        {
            int room = width - indent;
            if (rest.Length <= room)
            {
                text.Append(' ', rest.Length == 0 ? 0 : indent).Append(rest).Append('\n');
                return;
            }

            int label = rest.Length - rest.TrimStart().Length;
            int cut = rest.LastIndexOf(' ', room);
            cut = cut <= label ? rest.IndexOfAny([' ', '|'], Math.Min(room, rest.Length - 1)) : cut;
            if (cut < 0)
            {
                text.Append(' ', indent).Append(rest).Append('\n');
                return;
            }

            text.Append(' ', indent).Append(rest[..cut].TrimEnd()).Append('\n');
            rest = rest[cut..].TrimStart();
            indent = further;
        }
    }
}

/// <summary>Verbs that belong together, in the order in which people come to need them.</summary>
internal sealed record VerbGroup(string Title, params string[] Verbs)
{
    public static IReadOnlyList<VerbGroup> All { get; } =
    [
        new("Start", "demo", "check", "train", "evaluate", "score"),
        new("Look closer", "explain", "classify", "suggest", "drift", "featurize"),
        new("Keep a model up to date", "retrain", "models"),
        new("Use a model elsewhere", "serve", "export", "scaffold"),
        new("Backbones and networks", "backbones", "network"),
        new("The tool itself", "help", "completion"),
    ];
}
