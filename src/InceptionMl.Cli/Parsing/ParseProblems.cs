using System.CommandLine;
using System.CommandLine.Parsing;
using InceptionMl.Internal;

namespace InceptionMl.Cli;

/// <summary>What is wrong with a command line, in sentences that say what was probably meant.</summary>
internal static class ParseProblems
{
    private const string OptionPrefix = "--";
    private const int LongestAddress = 60;

    /// <summary>Finds what is wrong.</summary>
    /// <returns>The sentences, none where the command line can be run.</returns>
    public static IReadOnlyList<string> Find(ParseResult parsed)
    {
        if (parsed.Action is { ClearsParseErrors: true })
        {
            return [];
        }

        string[] strangers = [.. UnknownOptions(parsed)];
        if (strangers.Length > 0)
        {
            return strangers;
        }

        if (parsed.Errors.Count == 0)
        {
            return [.. Addresses(parsed)];
        }

        if (UnknownVerb(parsed) is { } unknown)
        {
            return [unknown];
        }

        string[] problems = [.. Repeated(parsed), .. Values(parsed), .. Missing(parsed), .. TooMany(parsed)];
        return problems.Length > 0 ? [.. problems.Distinct()] : [.. parsed.Errors.Select(error => error.Message).Distinct()];
    }

    /// <summary>Gets the words as a choice: <c>a, b or c</c>.</summary>
    public static string Choice(IReadOnlyList<string> words) => words.Count == 1
        ? words[0]
        : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    /// <summary>How a verb is called, from the first below the tool itself: <c>backbones pull</c>.</summary>
    public static string Name(CommandResult result) => result.Parent is CommandResult { Command: not RootCommand } parent
        ? $"{Name(parent)} {result.Command.Name}"
        : result.Command.Name;

    // The parser takes an option it does not know for an argument, or for another option's value.
    private static IEnumerable<string> UnknownOptions(ParseResult parsed)
    {
        if (parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
        {
            return [];
        }

        return parsed.Tokens
            .Where(token => token.Type == TokenType.Argument && token.Value.StartsWith(OptionPrefix, StringComparison.Ordinal))
            .Select(token => token.Value.Split('=')[0])
            .Distinct()
            .Select(option => UnknownOption(parsed, option));
    }

    // Nothing is fetched but by pull: an address among the files is told for what it is.
    private static IEnumerable<string> Addresses(ParseResult parsed)
    {
        string verb = Name(parsed.CommandResult);
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(found => found.Tokens).Select(token => token.Value)
            .Where(value => !Path.Exists(value))
            .Select(value =>
                value.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                    ? $"{Shorten(value)} is a data URI, an image written as text: {verb} takes files, so write its bytes to one and name that."
                : value.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
                    ? $"{Shorten(value)} is a web address: {verb} takes files and fetches nothing, so download it and name the file."
                : null)
            .OfType<string>();
    }

    private static string Shorten(string text) => text.Length <= LongestAddress ? text : text[..LongestAddress] + "…";

    private static string UnknownOption(ParseResult parsed, string option)
    {
        Command command = parsed.CommandResult.Command;
        string lead = command is RootCommand ? $"There is no option {option}" : $"{Name(parsed.CommandResult)} has no option {option}";
        return NearestName.Find(option, Options(parsed.CommandResult).Select(known => known.Name)) is { } near
            ? $"{lead}; did you mean {near}?"
            : $"{lead}; for a file of that name write ./{option}.";
    }

    private static IEnumerable<Option> Options(CommandResult result)
    {
        IEnumerable<Option> own = result.Command.Options.Where(option => !option.Hidden);
        for (CommandResult? above = result.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            own = own.Concat(above.Command.Options.Where(option => option.Recursive));
        }

        return own;
    }

    private static string? UnknownVerb(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Action is not null || command.Subcommands.Count == 0)
        {
            return null;
        }

        string[] verbs = [.. command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)];
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return command is RootCommand ? null : $"{Name(parsed.CommandResult)} needs to be told what to do: {Choice(verbs)}.";
        }

        string given = parsed.UnmatchedTokens[0];
        string lead = command is RootCommand ? $"There is no command '{given}'" : $"{Name(parsed.CommandResult)} has no command '{given}'";
        return NearestName.Find(given, verbs) is { } near ? $"{lead}; did you mean {near}?" : $"{lead}: it may be {Choice(verbs)}.";
    }

    private static IEnumerable<string> Repeated(ParseResult parsed) => parsed.CommandResult.Children
        .OfType<OptionResult>()
        .Where(found => found.IdentifierTokenCount > 1 && found.Option.Arity.MaximumNumberOfValues == 1)
        .Select(found => $"{found.Option.Name} is given more than once.");

    private static IEnumerable<string> Values(ParseResult parsed) => parsed.Errors
        .Where(error => error.SymbolResult is OptionResult { Tokens.Count: > 0, IdentifierTokenCount: <= 1 } or ArgumentResult { Tokens.Count: > 0 })
        .Select(error => error.Message);

    private static IEnumerable<string> Missing(ParseResult parsed)
    {
        foreach (OptionResult empty in parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(found => !found.Implicit && found.Tokens.Count == 0 && found.Option.Arity.MinimumNumberOfValues > 0))
        {
            yield return $"{empty.Option.Name} needs a value{ValueName(empty.Option.Description)}.";
        }

        string verb = Name(parsed.CommandResult);
        foreach (Argument argument in parsed.CommandResult.Command.Arguments.Where(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 }))
        {
            yield return $"{verb} needs <{argument.Name}>{ValueName(argument.Description)}.";
        }

        foreach (Option option in parsed.CommandResult.Command.Options.Where(option =>
            option.Required && (parsed.GetResult(option)?.Implicit ?? true)))
        {
            yield return $"{verb} needs {option.Name}{ValueName(option.Description)}.";
        }
    }

    private static IEnumerable<string> TooMany(ParseResult parsed)
    {
        string[] arguments = [.. parsed.CommandResult.Command.Arguments.Select(argument => $"<{argument.Name}>")];
        string takes = arguments.Length == 0 ? "no argument" : string.Join(' ', arguments);
        return parsed.UnmatchedTokens.Take(1).Select(token =>
            $"'{token}' is one argument too many: {Name(parsed.CommandResult)} takes {takes}. A name with spaces needs quotation marks.");
    }

    // The first sentence of a description, as the rest of one.
    private static string ValueName(string? description)
    {
        if (string.IsNullOrEmpty(description))
        {
            return string.Empty;
        }

        int end = description.IndexOf(". ", StringComparison.Ordinal);
        string first = (end < 0 ? description : description[..end]).TrimEnd('.');
        return first.Length > 1 && char.IsUpper(first[0]) && (char.IsLower(first[1]) || first[1] == ' ') ? $": {char.ToLowerInvariant(first[0])}{first[1..]}" : $": {first}";
    }
}
