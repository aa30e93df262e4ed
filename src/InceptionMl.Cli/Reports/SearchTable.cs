using System.Globalization;
using InceptionMl.Training.Heads;
using Spectre.Console;

namespace InceptionMl.Cli.Reports;

/// <summary>The heads that were tried, as a short table: the best of those judged as the chosen one was.</summary>
internal static class SearchTable
{
    private const int MaxRows = 8;

    public static void Write(IAnsiConsole console, IReadOnlyList<HeadCandidate> candidates)
    {
        if (candidates.FirstOrDefault(candidate => candidate.Chosen) is not { } chosen)
        {
            return;
        }

        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn(FormattableString.Invariant($"{candidates.Count} tried"));
        foreach (string name in (string[])["L2", "log loss", "accuracy", "s"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn("");
        foreach (HeadCandidate candidate in candidates
            .Where(candidate => candidate.Judge == chosen.Judge)
            .OrderByDescending(candidate => candidate.Chosen)
            .ThenBy(candidate => candidate.LogLoss)
            .Take(MaxRows))
        {
            table.AddRow(
                Markup.Escape(candidate.Trainer),
                candidate.L2.ToString("G3", CultureInfo.InvariantCulture),
                Text(candidate.LogLoss, candidate.LogLossDeviation, 1, "F3"),
                Text(candidate.Accuracy, candidate.AccuracyDeviation, 100, "F1") + " %",
                candidate.Seconds.ToString("F2", CultureInfo.InvariantCulture),
                candidate.Chosen ? "chosen by " + Markup.Escape(candidate.Judge) : candidate.Stopped ? "stopped" : "");
        }

        console.Write(table);
    }

    private static string Text(double value, double? deviation, double unit, string format)
    {
        string text = (value * unit).ToString(format, CultureInfo.InvariantCulture);
        return deviation is { } spread ? text + " ± " + (spread * unit).ToString(format, CultureInfo.InvariantCulture) : text;
    }
}
