using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;
using InceptionMl.Training.Retraining;

namespace InceptionMl.Training.Reports;

/// <summary>The page that says what a retraining gave and why the champion was replaced or kept.</summary>
internal static class RetrainReport
{
    private const int MostImages = 60;

    /// <summary>The page, one file of HTML with its pictures inside.</summary>
    /// <param name="result">What the retraining gave.</param>
    /// <param name="file">Where a test image lies, by its path as reported.</param>
    public static byte[] ToHtml(RetrainResult result, Func<string, string> file)
    {
        HtmlPage page = new($"Model {result.Version}");
        page.Paragraph(Verdict(result), result.Promoted ? "verdict good" : "verdict bad");
        page.List(result.Reasons);
        Standing(page, result);
        Images(page, result);
        if (result.Comparison is { } comparison)
        {
            Differences(page, comparison, file);
        }

        return page.ToUtf8();
    }

    private static string Verdict(RetrainResult result) => result switch
    {
        { Champion: null } => $"Promoted: version {result.Version} is the first.",
        { Promoted: true } => $"Promoted: version {result.Version} replaces version {result.Champion.Version}.",
        _ => $"Kept: version {result.Champion!.Version} stays; version {result.Version} is in the registry beside it.",
    };

    private static void Standing(HtmlPage page, RetrainResult result)
    {
        ClassificationMetrics challenger = result.Comparison?.Challenger ?? result.Training.Test;
        ClassificationMetrics? champion = result.Comparison?.Champion;
        page.Heading(FormattableString.Invariant($"On the {challenger.Images} frozen test images"));
        (string Name, Func<ClassificationMetrics, string> Of)[] figures =
        [
            ("accuracy", metrics => Percent(metrics.Accuracy)),
            ("macro F1", metrics => Number(metrics.MacroF1)),
            ("log loss", metrics => Number(metrics.LogLoss)),
            ("calibration error", metrics => Number(metrics.Ece)),
        ];
        page.Table(
            Columns(result, string.Empty),
            figures.Select(figure => champion is null ? [figure.Name, figure.Of(challenger)] : (string[])[figure.Name, figure.Of(champion), figure.Of(challenger)]));
        page.Heading("Recall by class");
        page.Table(
            [.. Columns(result, "class"), "test images"],
            challenger.PerClass.Where(of => of.Support > 0).Select(of => (string[])
            [
                of.Label,
                .. champion is null ? Array.Empty<string>() : [Percent(champion.PerClass.Single(c => c.Label == of.Label).Recall)],
                Percent(of.Recall),
                FormattableString.Invariant($"{of.Support}"),
            ]));
    }

    private static string[] Columns(RetrainResult result, string first) => result.Champion is null
        ? [first, $"version {result.Version}"]
        : [first, $"champion {result.Champion.Version}", $"challenger {result.Version}"];

    private static void Images(HtmlPage page, RetrainResult result)
    {
        page.Heading("Images");
        page.List(
        [
            FormattableString.Invariant(
                $"{result.Training.Images.Train} to train on, {result.Training.Images.Validation} to choose by, {result.Training.Images.Test} to measure on."),
            .. result.Changes?.Sentences() ?? [],
            .. result.Changes?.TestRelabels.Select(relabel => $"{relabel.Path}: frozen as {relabel.Frozen}, now {relabel.Now}.") ?? [],
            .. result.Training.Problems.Select(problem => $"{problem.Path} {problem.Problem}"),
        ]);
    }

    private static void Differences(HtmlPage page, ModelComparison comparison, Func<string, string> file)
    {
        page.Heading(FormattableString.Invariant($"The {comparison.Differences.Count} test images on which they differ"));
        page.Paragraph(
            FormattableString.Invariant($"Newly right {comparison.OnlyChallengerRight}, newly wrong {comparison.OnlyChampionRight}. ")
            + (comparison.Differences.Count > MostImages ? FormattableString.Invariant($"The first {MostImages}, those newly wrong before the others:") : string.Empty));
        page.Images(comparison.Differences
            .OrderByDescending(pair => pair.ChampionIsRight)
            .Take(MostImages)
            .Select(pair => (Thumbnail.Of(file(pair.Path)), Lines(pair))));
    }

    private static IEnumerable<string> Lines(PairedPrediction pair) =>
    [
        pair.ChampionIsRight ? "newly wrong" : pair.ChallengerIsRight ? "newly right" : "wrong both times",
        $"is {pair.Label}",
        $"champion: {pair.Champion} {Percent(pair.ChampionProbability)}",
        $"challenger: {pair.Challenger} {Percent(pair.ChallengerProbability)}",
        pair.Path,
    ];

    private static string Percent(double? share) => share is { } value ? FormattableString.Invariant($"{100 * value:F1} %") : "-";

    private static string Number(double? figure) => figure is { } value ? FormattableString.Invariant($"{value:F4}") : "-";
}
