using System.CommandLine;
using System.CommandLine.Parsing;
using InceptionMl.Internal;

namespace InceptionMl.Cli.Parsing;

/// <summary>Options that take one of a few words.</summary>
internal static class WordOptions
{
    /// <summary>Takes the words alone, whatever their case; the option's value is the word as it is written here.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words, in the order in which the help shows them.</param>
    public static void AcceptWords(this Option<string> option, params string[] words) => Accept(option, words);

    /// <inheritdoc cref="AcceptWords(Option{string}, string[])"/>
    public static void AcceptOptionalWords(this Option<string?> option, params string[] words) => Accept(option!, words);

    private static void Accept(Option<string> option, string[] words)
    {
        option.HelpName = string.Join('|', words);
        option.CompletionSources.Add(words);
        option.CustomParser = found => Parse(found, option.Name, words);
    }

    private static string? Parse(ArgumentResult found, string option, string[] words)
    {
        string given = found.Tokens[^1].Value;
        string? word = words.FirstOrDefault(w => w.Equals(given, StringComparison.OrdinalIgnoreCase));
        if (word is null)
        {
            string meant = NearestName.Find(given, words) is { } near ? $"; did you mean {near}?" : ".";
            found.AddError($"{option} {given} is not {ParseProblems.Choice(words)}{meant}");
        }

        return word;
    }
}
