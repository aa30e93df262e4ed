using System.CommandLine;
using InceptionMl.Cli.Parsing;
using InceptionMl.Cli.Verbs;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary>What the tool adds to a complaint about images: which of its options, or which key of a pipeline file, helps.</summary>
internal static class DatasetHint
{
    private const string ColumnOption = "-column";
    private const string Parent = "takes the folder that an image lies in for its label.";

    /// <summary>The hint as one more sentence, a space before it; empty where there is none.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="verb">The verb that was run.</param>
    public static string From(Exception exception, Command verb) => exception switch
    {
        AggregateException { InnerExceptions: [Exception only] } => From(only, verb),
        DatasetException { Problem: DatasetProblem.Columns } => Columns(verb),
        DatasetException { Problem: DatasetProblem.NestedFolders } => $" {Nested(inPipeline: !verb.Options.Any(option => option.Name == SourceOptions.LabelFrom))}",
        _ => string.Empty,
    };

    /// <summary>What follows the warning of images that lie deeper than in a label's own folder.</summary>
    /// <param name="hasNestedFolders">Whether there was that warning.</param>
    /// <param name="inPipeline">Whether a pipeline file names the images.</param>
    public static IEnumerable<string> CreateNested(bool hasNestedFolders, bool inPipeline = false) => hasNestedFolders ? [Nested(inPipeline)] : [];

    private static string Nested(bool inPipeline) =>
        (inPipeline ? "In a pipeline file \"labelFrom\": \"parent\" beside a folder's path " : $"{SourceOptions.LabelFrom} parent ") + Parent;

    private static string Columns(Command verb)
    {
        string[] options = [.. verb.Options.Select(option => option.Name).Where(name => name.EndsWith(ColumnOption, StringComparison.Ordinal))];
        return options.Length > 0 ? $" Columns are named by {ParseProblems.Choice(options)}."
            : " In a pipeline file \"columns\" beside a manifest's path name them.";
    }
}
