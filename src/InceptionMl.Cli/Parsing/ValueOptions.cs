using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using InceptionMl.Internal;

namespace InceptionMl.Cli;

/// <summary>Options that take a number: with a point, whatever the country, and never as a percentage.</summary>
internal static class NumberOptions
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Lets every option of a command and of those below it that takes a number read it so, and say what to write where it is none.</summary>
    public static void ReadNumbers(Command command)
    {
        foreach (Option option in command.Options)
        {
            Read(option);
        }

        foreach (Command below in command.Subcommands)
        {
            ReadNumbers(below);
        }
    }

    /// <summary>What to write instead of a text that was meant for a number; empty if nobody can tell.</summary>
    public static string Hint(string given)
    {
        string trimmed = given.Trim();
        if (trimmed.EndsWith('%') && double.TryParse(trimmed.TrimEnd('%', ' ').Replace(',', '.'), Decimal, CultureInfo.InvariantCulture, out double percent))
        {
            return FormattableString.Invariant($": write {Math.Round(percent / 100, 12)}");
        }

        string point = trimmed.Replace(',', '.');
        return trimmed.Count(c => c == ',') == 1 && double.TryParse(point, Decimal, CultureInfo.InvariantCulture, out _)
            ? $": write {point}, with a point"
            : string.Empty;
    }

    private static void Read(Option option)
    {
        switch (option)
        {
            case Option<int> whole:
                whole.CustomParser = found => Parse<int>(found, option.Name) ?? 0;
                break;
            case Option<int?> whole:
                whole.CustomParser = found => Parse<int>(found, option.Name);
                break;
            case Option<double> number:
                number.CustomParser = found => Parse<double>(found, option.Name) ?? 0;
                break;
            case Option<double?> number:
                number.CustomParser = found => Parse<double>(found, option.Name);
                break;
            case Option<float?> number:
                number.CustomParser = found => Parse<float>(found, option.Name);
                break;
        }
    }

    private static T? Parse<T>(ArgumentResult found, string option)
        where T : struct, INumber<T>
    {
        string given = found.Tokens[^1].Value;
        bool isWhole = typeof(T) == typeof(int) || typeof(T) == typeof(long);
        if (T.TryParse(given, isWhole ? Whole : Decimal, CultureInfo.InvariantCulture, out T number) && T.IsFinite(number))
        {
            return number;
        }

        found.AddError(isWhole
            ? $"{option} {given} is not a whole number{(double.TryParse(given, Whole, CultureInfo.InvariantCulture, out _) ? " of a size that can be used" : string.Empty)}."
            : $"{option} {given} is not a number{Hint(given)}.");
        return null;
    }
}

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
