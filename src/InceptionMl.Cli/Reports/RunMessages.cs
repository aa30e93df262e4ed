using System.Text.RegularExpressions;
using InceptionMl.Training;

namespace InceptionMl.Cli.Reports;

/// <summary>What a run wants known besides its result: warnings, and images left out.</summary>
internal static partial class RunMessages
{
    private const int MostProblems = 10;
    private const int MostReasons = 5;

    public static void Write(TextWriter error, IEnumerable<string> warnings, IReadOnlyList<ImageProblem> problems)
    {
        foreach (string warning in warnings)
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

    // What several files have in common: the complaint without its figures and its advice.
    private static string Reason(string problem) => Figures().Replace(problem.Split([':', ';', '('], 2)[0].TrimEnd('.', ' '), "N");

    [GeneratedRegex(@"\d[\d.,]*")]
    private static partial Regex Figures();
}
