using InceptionMl.Training.Checks;

namespace InceptionMl.Cli;

/// <summary>What a check found, for programs and for people.</summary>
internal static class CheckReport
{
    private const int MostAlike = 3;
    private const int MostPaths = 5;

    public static void WriteJson(CommandContext context, IEnumerable<DatasetFinding> findings)
    {
        foreach (DatasetFinding finding in findings)
        {
            context.Output.WriteLine(JsonLine.Write(finding));
        }
    }

    public static void Write(CommandContext context, DatasetCheckResult result, bool tellsFix)
    {
        TerminalWriter text = context.Text;
        string of = FormattableString.Invariant($"{result.Images:N0} image{(result.Images == 1 ? "" : "s")} in {result.Classes.Count:N0} class{(result.Classes.Count == 1 ? "" : "es")}");
        if (result.Findings.Count == 0)
        {
            text.WriteLine(Tone.Good, $"{of}: nothing found.");
            return;
        }

        text.WriteLine($"{of}: {Counts(result.Findings)}.");
        foreach (IGrouping<(DiagnosticSeverity Severity, string Check), DatasetFinding> alike in result.Findings.GroupBy(finding => (finding.Severity, finding.Check)))
        {
            Write(text, [.. alike]);
        }

        foreach (string hint in ErrorHint.ForNestedFolders([.. result.Findings.Select(finding => new Diagnostic(finding.Check, finding.Severity, finding.Message))]))
        {
            text.WriteLine();
            text.WriteLine(hint);
        }

        if (tellsFix && result.Superfluous > 0)
        {
            text.WriteLine();
            text.WriteLine(FormattableString.Invariant(
                $"--fix would move {result.Superfluous:N0} file{(result.Superfluous == 1 ? "" : "s")} that cannot be read or are superfluous copies into a hidden folder, and --undo would move them back."));
        }
    }

    private static void Write(TerminalWriter text, DatasetFinding[] alike)
    {
        text.WriteLine();
        foreach (DatasetFinding finding in alike.Take(MostAlike))
        {
            (Tone tone, string word) = finding.Severity switch
            {
                DiagnosticSeverity.Error => (Tone.Bad, "error"),
                DiagnosticSeverity.Warning => (Tone.Caution, "warning"),
                _ => (Tone.Plain, "note"),
            };
            text.WriteLine(tone, $"{word}: {finding.Message}");
            string[] paths = [.. finding.Paths.Where(path => !finding.Message.Contains($"'{path}'", StringComparison.Ordinal)).Take(MostPaths)];
            foreach (string path in paths)
            {
                text.WriteLine($"  {path}");
            }

            if (paths.Length > 0 && finding.Count > paths.Length)
            {
                text.WriteLine(FormattableString.Invariant($"  and {finding.Count - paths.Length:N0} more"));
            }
        }

        if (alike.Length > MostAlike)
        {
            text.WriteLine(FormattableString.Invariant($"and {alike.Length - MostAlike:N0} more of this kind ({alike.Skip(MostAlike).Sum(finding => finding.Count):N0} files); --json lists every one."));
        }
    }

    private static string Counts(IEnumerable<DatasetFinding> findings) => string.Join(", ", findings
        .CountBy(finding => finding.Severity)
        .Select(entry => FormattableString.Invariant($"{entry.Value} {entry.Key.ToString().ToLowerInvariant()}{(entry.Value == 1 ? "" : "s")}")));
}
