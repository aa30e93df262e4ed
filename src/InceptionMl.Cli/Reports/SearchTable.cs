using System.Globalization;
using InceptionMl.Models;
using Spectre.Console;

namespace InceptionMl.Cli;

/// <summary>The heads that were tried, as a short table: the best of those judged as the chosen one was.</summary>
internal static class SearchTable
{
    private const int MaxRows = 8;
    private const int LongestJudge = 60;

    public static void Write(IAnsiConsole console, IReadOnlyList<ModelCandidate> candidates)
    {
        if (candidates.FirstOrDefault(candidate => candidate.Chosen) is not { } chosen)
        {
            return;
        }

        TerminalTable table = new(
            new TerminalColumn(FormattableString.Invariant($"{candidates.Count} tried")),
            new TerminalColumn("L2", IsNumber: true),
            new TerminalColumn("log loss", IsNumber: true),
            new TerminalColumn("accuracy", IsNumber: true, Rank: 2),
            new TerminalColumn("s", IsNumber: true, Rank: 3),
            new TerminalColumn("", Rank: 1) { Longest = LongestJudge });
        foreach (ModelCandidate candidate in candidates
            .Where(candidate => candidate.Judge == chosen.Judge)
            .OrderByDescending(candidate => candidate.Chosen)
            .ThenBy(candidate => candidate.LogLoss)
            .Take(MaxRows))
        {
            table.Add(
                candidate.Trainer,
                candidate.L2.ToString("G3", CultureInfo.InvariantCulture),
                Text(candidate.LogLoss, candidate.LogLossDeviation, 1, "F3"),
                Text(candidate.Accuracy, candidate.AccuracyDeviation, 100, "F1") + " %",
                candidate.Seconds.ToString("F2", CultureInfo.InvariantCulture),
                candidate.Chosen ? "chosen by " + candidate.Judge : candidate.Stopped ? "stopped" : "");
        }

        table.Write(console);
    }

    private static string Text(double? value, double? deviation, double unit, string format)
    {
        string text = value is { } number ? (number * unit).ToString(format, CultureInfo.InvariantCulture) : "-";
        return deviation is { } spread ? text + " ± " + (spread * unit).ToString(format, CultureInfo.InvariantCulture) : text;
    }
}
