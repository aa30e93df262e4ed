using System.Globalization;
using InceptionMl.Models.Internal;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary>What a retraining gave, for people.</summary>
internal static class RetrainText
{
    private const int MostDifferences = 10;

    public static void Write(CommandContext context, RetrainResult result)
    {
        TerminalWriter output = context.Text;
        output.WriteLine(FormattableString.Invariant(
            $"{result.Training.Classes.Count} classes; {result.Training.Images.Train} images to train on, {result.Training.Images.Validation} to validate, {result.Training.Images.Test} to test."));
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            bool isRefused = diagnostic is { Id: DiagnosticIds.TestImagesRelabeled, Severity: DiagnosticSeverity.Warning };
            output.WriteLine(diagnostic.Message + (isRefused ? " Accept the new ones with --accept-test-relabels." : string.Empty));
        }

        foreach (DatasetChanges.TestRelabel relabel in result.Changes?.TestRelabels ?? [])
        {
            output.WriteLine($"  {relabel.Path}: frozen as {relabel.Frozen}, now {relabel.Now}");
        }

        if (result.IsUnchanged)
        {
            output.WriteLine(Tone.Caution, $"Nothing changed since version {result.Version}, so no version is made; --force makes one. Version {result.ChampionVersion} is kept.");
            return;
        }

        output.WriteLine(FormattableString.Invariant($"Head {result.Training.Trainer}, L2 {result.Training.L2:G3} by search."));
        SearchTable.Write(context.Console, result.Training.Candidates);
        if (result.Comparison is { } comparison)
        {
            WriteTable(context.Console, result, comparison);
            WriteDifferences(output, comparison);
        }
        else
        {
            output.WriteLine($"On the {result.Training.Test.Images.ToString(CultureInfo.InvariantCulture)} test images: {MetricsTable.Right(result.Training.Test)}.");
        }

        output.WriteLine(result.Promoted ? Tone.Good : Tone.Caution, Verdict(result));
        foreach (RuleResult rule in result.Reasons)
        {
            output.WriteLine($"  {rule.Message}");
        }

        output.WriteLine(FormattableString.Invariant(
            $"{result.TotalSeconds:F1} s: features {result.Training.FeaturizeSeconds:F1} s ({result.Training.CacheHits} from the cache, {result.Training.CacheMisses} new), head {result.Training.HeadSeconds:F1} s, comparison {result.CompareSeconds:F1} s."));
        output.WriteLine($"Model: {result.Training.ModelPath}");
    }

    private static string Verdict(RetrainResult result) => result switch
    {
        { ChampionVersion: null } => $"Version {result.Version} is promoted:",
        { Promoted: true } => $"Version {result.Version} is promoted in the place of {result.ChampionVersion}:",
        _ => $"Version {result.ChampionVersion} is kept; {result.Version} is in the registry beside it, not promoted:",
    };

    private static void WriteTable(IAnsiConsole console, RetrainResult result, ModelComparison comparison)
    {
        TerminalTable table = new(
            new TerminalColumn(FormattableString.Invariant($"on {comparison.Champion.Images} test images")),
            new TerminalColumn($"champion {result.ChampionVersion}", IsNumber: true),
            new TerminalColumn($"challenger {result.Version}", IsNumber: true));
        foreach (FigureColumn column in FigureColumn.All)
        {
            table.Add(
                column.Name,
                VersionFigures.Figure(comparison.Champion.ToFigures(), column),
                VersionFigures.Figure(comparison.Challenger.ToFigures(), column));
        }

        table.Write(console);
    }

    private static void WriteDifferences(TextWriter output, ModelComparison comparison)
    {
        foreach (ModelComparison.PairedPrediction pair in comparison.Differences.OrderByDescending(pair => pair.ChampionIsRight).Take(MostDifferences))
        {
            string change = pair.ChampionIsRight ? "newly wrong" : pair.ChallengerIsRight ? "newly right" : "still wrong";
            output.WriteLine($"  {change}: {pair.Path} is {pair.Label}; champion {pair.Champion}, challenger {pair.Challenger}");
        }

        if (comparison.Differences.Count > MostDifferences)
        {
            output.WriteLine(FormattableString.Invariant($"  and {comparison.Differences.Count - MostDifferences} more, in the version's report.html"));
        }
    }
}
