using System.CommandLine;
using InceptionMl.Backbones;
using InceptionMl.Models.Registry;

namespace InceptionMl.Cli;

/// <summary>What the tool adds to a message of a library, by its reason: which command, option or key of a pipeline file helps.</summary>
internal static class ErrorHint
{
    private const string ColumnOption = "-column";
    private const string InputSize = "--input-size";
    private const string ClassesOption = "--classes";

    /// <summary>The hint as one more sentence, a space before it; empty where there is none.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="verb">The verb that was run.</param>
    public static string From(Exception exception, Command verb) => exception switch
    {
        AggregateException { InnerExceptions: [Exception only] } => From(only, verb),
        DatasetException { Reason: DatasetErrorReason.Columns } => $" {Columns(verb)}",
        DatasetException { Reason: DatasetErrorReason.NestedFolders } => $" {NestedFolders(inPipeline: !Has(verb, SourceOptions.LabelFrom))}",
        BackboneException { Reason: BackboneErrorReason.NotFound } => $" {HelpPage.Tool} backbones list shows what there is.",
        BackboneException { Reason: BackboneErrorReason.NotFetched } => $" A copy anywhere else is taken by {BackbonesPullVerb.From} FILE.",
        BackboneException { Reason: BackboneErrorReason.NotPulled, PublishedName: { } name } => $" Run {Pull(name)}.",
        BackboneException { Reason: BackboneErrorReason.NoClassifier, PublishedName: { } name } => $" For example, run {Pull(name)}.",
        BackboneException { Reason: BackboneErrorReason.ClassNames, PublishedName: { } name } => $" To pull them, run {Pull(name)}; {ClassesOption} names a file of your own.",
        BackboneException { Reason: BackboneErrorReason.ClassNames } => $" {ClassesOption} names the file.",
        BackboneException { Reason: BackboneErrorReason.NoPreprocessing } => Has(verb, InputSize)
            ? $" On the command line, {InputSize}, --offset, --scale and --channels say so."
            : " In a pipeline file, \"preprocessing\" beside the backbone says so.",
        BackboneException { Reason: BackboneErrorReason.NameTaken } taken when Has(verb, "--name") =>
            $" --name gives another name{(taken.PublishedName is { } name ? $"; {Pull(name)} takes the published ones" : "")}.",
        BackboneException { Reason: BackboneErrorReason.NoFeatures } when Has(verb, "--features") => " --features names the tensor.",
        RegistryException { Reason: RegistryErrorReason.NotPromoted, Path: { } registry } => $" Run {HelpPage.Tool} models promote {registry} VERSION.",
        _ => string.Empty,
    };

    /// <summary>What follows the warning of images that lie deeper than in a label's own folder.</summary>
    /// <param name="diagnostics">What is known of the images.</param>
    /// <param name="inPipeline">Whether a pipeline file names the images.</param>
    public static IEnumerable<string> ForNestedFolders(IReadOnlyList<Diagnostic> diagnostics, bool inPipeline = false) =>
        diagnostics.Any(diagnostic => diagnostic.Id == DiagnosticIds.NestedFolders) ? [NestedFolders(inPipeline)] : [];

    private static string Pull(string name) => $"{HelpPage.Tool} backbones pull {name}";

    private static bool Has(Command verb, string option) => verb.Options.Any(known => known.Name == option);

    private static string NestedFolders(bool inPipeline) =>
        (inPipeline ? "In a pipeline file \"labelFrom\": \"parent\" beside a folder's path " : $"{SourceOptions.LabelFrom} parent ")
        + "takes the folder that an image lies in for its label.";

    private static string Columns(Command verb)
    {
        string[] options = [.. verb.Options.Select(option => option.Name).Where(name => name.EndsWith(ColumnOption, StringComparison.Ordinal))];
        return options.Length > 0 ? $"Columns are named by {ParseProblems.Choice(options)}."
            : "In a pipeline file \"columns\" beside a manifest's path name them.";
    }
}
