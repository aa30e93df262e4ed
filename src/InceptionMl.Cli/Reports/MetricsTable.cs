using System.Globalization;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary>Figures by class, and what each class is mistaken for, as a table.</summary>
internal static class MetricsTable
{
    private const int MaxConfusions = 2;
    private const int MostClasses = 30;
    private const int Worst = 20;
    private const int LongestConfusions = 60;

    public static void Write(CommandContext context, ClassificationMetrics metrics)
    {
        TerminalTable table = new(
            new TerminalColumn("label"),
            new TerminalColumn("images", IsNumber: true, Rank: 1),
            new TerminalColumn("precision", IsNumber: true, Rank: 3),
            new TerminalColumn("recall", IsNumber: true, Rank: 2),
            new TerminalColumn("F1", IsNumber: true),
            new TerminalColumn("mistaken for", Rank: 4) { Longest = LongestConfusions });
        foreach (int c in Shown(metrics))
        {
            ClassificationMetrics.ClassMetrics of = metrics.PerClass[c];
            table.Add(
                of.Label,
                of.Support.ToString(CultureInfo.InvariantCulture),
                Percent(of.Precision),
                of.Recall is null ? "-" : FormattableString.Invariant($"{of.Recall:P1} ({100 * of.RecallLow:F0}-{100 * of.RecallHigh:F0})"),
                Percent(of.F1),
                Confusions(metrics, c));
        }

        table.Write(context.Console);
        if (metrics.PerClass.Count > MostClasses)
        {
            context.Text.WriteLine(FormattableString.Invariant(
                $"These are the {Worst} worst of {metrics.PerClass.Count} classes by F1; the other {metrics.PerClass.Count - Worst} are not shown. JSON holds all of them."));
        }
    }

    /// <summary>The share of right answers with its 95 % interval, in words.</summary>
    public static string Right(ClassificationMetrics metrics) => metrics.Accuracy is null
        ? "none right"
        : FormattableString.Invariant($"{metrics.Accuracy:P1} right (95 % interval {100 * metrics.AccuracyLow:F1} to {100 * metrics.AccuracyHigh:F1})");

    private static IEnumerable<int> Shown(ClassificationMetrics metrics)
    {
        IEnumerable<int> all = Enumerable.Range(0, metrics.PerClass.Count);
        return metrics.PerClass.Count <= MostClasses
            ? all
            : all.OrderBy(c => metrics.PerClass[c].Support == 0).ThenBy(c => metrics.PerClass[c].F1 ?? 0).ThenByDescending(c => metrics.PerClass[c].Support).Take(Worst);
    }

    private static string Confusions(ClassificationMetrics metrics, int truth) => string.Join(", ", metrics.Confusion[truth]
        .Select((count, label) => (count, label))
        .Where(c => c.count > 0 && c.label != truth)
        .OrderByDescending(c => c.count)
        .Take(MaxConfusions)
        .Select(c => FormattableString.Invariant($"{TerminalTable.Short(metrics.Labels[c.label])} ({c.count})")));

    private static string Percent(double? share) => share is double value ? value.ToString("P1", CultureInfo.InvariantCulture) : "-";
}
