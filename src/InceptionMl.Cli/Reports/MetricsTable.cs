using System.Globalization;
using InceptionMl.Training.Evaluation;
using Spectre.Console;

namespace InceptionMl.Cli.Reports;

/// <summary>Figures by class, and what each class is mistaken for, as a table.</summary>
internal static class MetricsTable
{
    private const int MaxConfusions = 2;

    public static void Write(IAnsiConsole console, ClassificationMetrics metrics)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumn("label");
        foreach (string name in (string[])["images", "precision", "recall", "F1"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn("mistaken for");
        for (int c = 0; c < metrics.PerClass.Count; c++)
        {
            ClassMetrics of = metrics.PerClass[c];
            table.AddRow(
                Markup.Escape(of.Label),
                of.Support.ToString(CultureInfo.InvariantCulture),
                Percent(of.Precision),
                Percent(of.Recall),
                Percent(of.F1),
                Markup.Escape(Confusions(metrics, c)));
        }

        console.Write(table);
    }

    private static string Confusions(ClassificationMetrics metrics, int truth) => string.Join(", ", metrics.Confusion[truth]
        .Select((count, label) => (count, label))
        .Where(c => c.count > 0 && c.label != truth)
        .OrderByDescending(c => c.count)
        .Take(MaxConfusions)
        .Select(c => FormattableString.Invariant($"{metrics.Labels[c.label]} ({c.count})")));

    private static string Percent(double? share) => share is double value ? value.ToString("P1", CultureInfo.InvariantCulture) : "-";
}
