using System.Text;

namespace InceptionMl.Cli.Tests.Documents;

/// <summary>A command of a shell sample: its words, without redirections, comments and what comes after a pipe.</summary>
internal sealed record ShellCommand(string Document, int Line, string[] Words)
{
    private static readonly string[] Programs = ["inceptionml", "dotnet", "python3", "curl", "cp", "sqlite3", "tests/InceptionMl.Training.Tests/bin/Release/net10.0/InceptionMl.Training.Tests"];

    /// <summary>The command as a line.</summary>
    public string Text => string.Join(' ', Words);

    /// <summary>The arguments for the tool; null where the command does not run it.</summary>
    public string[]? ToolArguments => Words switch
    {
        ["inceptionml", .. var arguments] => arguments,
        ["dotnet", var file, .. var arguments] when file.EndsWith("InceptionMl.Cli.dll", StringComparison.Ordinal) => arguments,
        ["dotnet", "run", ..] when Project == "src/InceptionMl.Cli" => AfterDashes,
        _ => null,
    };

    /// <summary>The project that <c>dotnet run</c> or <c>dotnet test</c> names.</summary>
    public string? Project => Words.SkipWhile(word => word != "--project").ElementAtOrDefault(1);

    /// <summary>The arguments for the project's program.</summary>
    public string[] AfterDashes => [.. Words.SkipWhile(word => word != "--").Skip(1)];

    /// <summary>Whether a word is the name of a program whose arguments are checked.</summary>
    public static bool IsKnownProgram(string word) => Programs.Contains(word);

    /// <summary>All commands of a document's shell samples.</summary>
    public static IEnumerable<ShellCommand> In(string document) => MarkdownSamples.Blocks(document).Where(block => block.Language is null)
        .SelectMany(block => block.Text.Split('\n').SelectMany((line, i) => Parse(document, block.Line + i, line)));

    /// <summary>The commands of one line.</summary>
    public static IEnumerable<ShellCommand> Parse(string document, int line, string text)
    {
        // 'source <(inceptionml completion bash)': what is run is inside.
        int substitution = text.IndexOf("<(", StringComparison.Ordinal);
        text = substitution < 0 ? text : text[(substitution + 2)..text.IndexOf(')', substitution)];
        foreach (List<string> words in Statements(text))
        {
            while (words is ["do" or "/usr/bin/time" or "-v", ..])
            {
                words.RemoveAt(0);
            }

            if (words.Count > 0 && words[0] is not ("for" or "done"))
            {
                yield return new ShellCommand(document, line, [.. words]);
            }
        }
    }

    private static IEnumerable<List<string>> Statements(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        bool skipped = false;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                _ = quote == '\0' ? word : (word ??= new StringBuilder()).Append(c);
            }
            else if (c is '\'' or '"')
            {
                (quote, word) = (c, word ?? new StringBuilder());
            }
            else if (c is ' ' or '\n' or ';' or '|' or '>' or '&' || (c == '#' && word is null))
            {
                if (word is not null && !skipped)
                {
                    words.Add(word.ToString());
                }

                // After a pipe come programs of the reader's own choice; after > a file.
                skipped = c == ' ' && skipped && word is null;
                word = null;
                if (c == '#' || c == '\n')
                {
                    break;
                }

                skipped |= c is '>';
                if (c is ';' or '&')
                {
                    yield return words;
                    words = [];
                }
                else if (c == '|')
                {
                    break;
                }
            }
            else
            {
                (word ??= new StringBuilder()).Append(c);
            }
        }

        yield return words;
    }
}
