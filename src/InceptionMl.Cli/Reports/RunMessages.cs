using System.Text.RegularExpressions;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Cli;

/// <summary>What a run wants known besides its result: warnings, and images left out.</summary>
internal static partial class RunMessages
{
    private const int MostProblems = 10;
    private const int MostReasons = 5;

    /// <summary>What programs are given of diagnostics as sentences, with the tool's own after them.</summary>
    /// <param name="diagnostics">What the library found.</param>
    /// <param name="more">Further sentences.</param>
    public static IReadOnlyList<string> Sentences(IEnumerable<Diagnostic> diagnostics, params IEnumerable<string> more) =>
        [.. diagnostics.Select(diagnostic => diagnostic.Message), .. more];

    /// <summary>Writes what people are told: diagnostics with the tool's hints, further sentences, and images that were left out.</summary>
    /// <param name="error">Where to write.</param>
    /// <param name="diagnostics">What the library found.</param>
    /// <param name="more">Further sentences.</param>
    /// <param name="problems">The images that were left out.</param>
    /// <param name="inPipeline">Whether a pipeline file names the images.</param>
    public static void Write(
        TextWriter error, IReadOnlyList<Diagnostic> diagnostics, IEnumerable<string> more, IReadOnlyList<ImageProblem> problems, bool inPipeline = false)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.WriteLine(Line(diagnostic));
        }

        foreach (string warning in ErrorHint.ForNestedFolders(diagnostics, inPipeline).Concat(more))
        {
            error.WriteLine($"warning: {warning}");
        }

        foreach (ImageProblem problem in problems.Take(MostProblems))
        {
            error.WriteLine($"left out: {problem.Path} {problem.Problem}");
        }

        if (problems.Count > MostProblems)
        {
            string[] reasons =
            [
                .. problems
                    .GroupBy(problem => Reason(problem.Problem), StringComparer.Ordinal)
                    .OrderByDescending(group => group.Count())
                    .ThenBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => FormattableString.Invariant($"{group.Count()} \"{group.Key}\"")),
            ];
            string others = reasons.Length > MostReasons ? FormattableString.Invariant($" and {reasons.Length - MostReasons} more reasons") : "";
            error.WriteLine(FormattableString.Invariant(
                $"left out: {problems.Count - MostProblems} more, {problems.Count} in all ({string.Join(", ", reasons.Take(MostReasons))}{others}); --json lists every one of them."));
        }
    }

    /// <summary>What people are told of a diagnostic.</summary>
    public static string Line(Diagnostic diagnostic) => $"{(diagnostic.Severity == DiagnosticSeverity.Note ? "note" : "warning")}: {diagnostic.Message}";

    // What several files have in common: the complaint without its figures and its advice.
    private static string Reason(string problem) => Figures().Replace(problem.Split([':', ';', '('], 2)[0].TrimEnd('.', ' '), "N");

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Figures();
}
