using System.Globalization;
using InceptionMl.Training.Evaluation;

namespace InceptionMl.Cli;

/// <summary>The images that a model is wrong about, those first that it is most sure of.</summary>
internal static class MistakeTable
{
    private const int Most = 10;
    private const int MostInJson = 100;
    private const int LongestPath = 60;

    public static void Write(CommandContext context, IReadOnlyList<ImagePrediction> mistakes)
    {
        if (mistakes.Count == 0)
        {
            return;
        }

        context.Text.WriteLine(mistakes.Count == 1
            ? "The one mistake:"
            : FormattableString.Invariant($"The {Math.Min(Most, mistakes.Count)} mistakes it was most sure of, of {mistakes.Count}:"));
        TerminalTable table = new(
            new TerminalColumn("image") { Longest = LongestPath },
            new TerminalColumn("label", Rank: 1),
            new TerminalColumn("called"),
            new TerminalColumn("sure", IsNumber: true));
        foreach (ImagePrediction mistake in mistakes.Take(Most))
        {
            table.Add(
                TerminalTable.Tail(mistake.Path, LongestPath), mistake.Label, mistake.Predicted, mistake.Probability.ToString("P1", CultureInfo.InvariantCulture));
        }

        table.Write(context.Console);
    }

    /// <summary>Gets the mistakes for programs.</summary>
    public static IReadOnlyList<MistakeOutput> ToOutput(IReadOnlyList<ImagePrediction> mistakes) =>
        [.. mistakes.Take(MostInJson).Select(mistake => new MistakeOutput(mistake.Path, mistake.Label, mistake.Predicted, mistake.Probability, mistake.LabelProbability))];
}

/// <summary>One of <c>mistakes</c>.</summary>
internal sealed record MistakeOutput(string Path, string Label, string Predicted, double Probability, double LabelProbability);
