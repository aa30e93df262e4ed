using System.CommandLine;
using InceptionMl.Cli.Parsing;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary>What the tool adds to a complaint about images: which option of the verb helps.</summary>
internal static class DatasetHint
{
    private const string ColumnOption = "-column";

    /// <summary>The hint as one more sentence, a space before it; empty where there is none.</summary>
    public static string Of(Exception exception, Command verb) => exception switch
    {
        AggregateException { InnerExceptions: [Exception only] } => Of(only, verb),
        DatasetException { Problem: DatasetProblem.Columns } => Columns(verb),
        _ => string.Empty,
    };

    private static string Columns(Command verb)
    {
        string[] options = [.. verb.Options.Select(option => option.Name).Where(name => name.EndsWith(ColumnOption, StringComparison.Ordinal))];
        return options.Length == 0 ? string.Empty : $" Columns are named by {ParseProblems.Choice(options)}.";
    }
}
