using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Models.Internal;
using InceptionMl.Scoring;
using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Evaluation.Comparison;

namespace InceptionMl.Training.Retraining;

/// <summary>The page that says what a retraining gave and why the champion was replaced or kept.</summary>
internal static class RetrainReport
{
    private const int MostImages = 60;
    private const int MostClasses = 30;
    private const int Worst = 20;
    private const int MostLines = 20;
    private const int ThumbnailSide = 160;

    /// <summary>Creates the page, one file of HTML with its images inside.</summary>
    /// <param name="result">What the retraining gave.</param>
    /// <param name="modelPath">Where the version's model lies now.</param>
    /// <param name="file">Where a test image lies, by its path as reported.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public static byte[] Create(RetrainResult result, string modelPath, Func<string, string> file, CancellationToken cancellationToken)
    {
        using ImageScorer model = ImageScorer.Open(modelPath);
        ReportPictures pictures = new(model, cancellationToken);
        ReportContent content = ReportContent.Create($"Model {result.Version}", model.Card, result.Training);
        HtmlPage page = new(content.Name, "Version of an image classifier", content.Lead);
        page.Section("decision", result.Promoted ? "Why it was promoted" : "Why it was not promoted");
        page.Paragraph(Verdict(result), result.Promoted ? "verdict good" : "verdict bad");
        page.List(result.Reasons.Select(rule => rule.Message));
        if (result.Comparison is { } against)
        {
            page.Paragraph(
                against is { Best: { } best, BestVersion: { } version }
                    ? FormattableString.Invariant($"The best version ever promoted is {version}: {ReportContent.Percent(best.Champion.Accuracy)} of {best.Champion.Images} test images right, where this one has {ReportContent.Percent(best.Challenger.Accuracy)}; the Brier score changes by {best.BrierChange}.")
                    : FormattableString.Invariant($"The champion is the best version ever promoted; the Brier score changes by {against.BrierChange}."),
                "soft");
        }

        Standing(page, result);
        Images(page, result);
        if (result.Comparison is { } comparison)
        {
            Differences(page, comparison, file, pictures);
        }

        ModelReport.Append(page, content, pictures);
        return page.ToUtf8();
    }

    private static string Verdict(RetrainResult result) => result switch
    {
        { ChampionVersion: null } => $"Promoted: version {result.Version}, where there was none.",
        { Promoted: true } => $"Promoted: version {result.Version} replaces version {result.ChampionVersion}.",
        _ => $"Kept: version {result.ChampionVersion} stays; version {result.Version} is in the registry beside it.",
    };

    private static void Standing(HtmlPage page, RetrainResult result)
    {
        ClassificationMetrics challenger = result.Comparison?.Challenger ?? result.Training.Test;
        ClassificationMetrics? champion = result.Comparison?.Champion;
        page.Section("figures", FormattableString.Invariant($"On the {challenger.Images} frozen test images"));
        page.Table("Figures", Columns(result, string.Empty), FigureColumn.All.Select(figure => (string[])
        [
            figure.Name,
            .. Cells(champion is null ? [] : [figure.Of(champion.ToFigures())], figure.Of(challenger.ToFigures()), figure.IsShare),
        ]));
        Classes(page, result, challenger, champion);
    }

    private static void Classes(HtmlPage page, RetrainResult result, ClassificationMetrics challenger, ClassificationMetrics? champion)
    {
        page.Subheading("Recall by class");
        ClassificationMetrics.ClassMetrics[] tested = [.. challenger.PerClass.Where(of => of.Support > 0)];
        Dictionary<string, double?> before = champion?.PerClass.ToDictionary(of => of.Label, of => of.Recall, StringComparer.Ordinal) ?? [];
        page.Table(
            "Recall by class",
            [.. Columns(result, "class"), "test images"],
            (tested.Length <= MostClasses ? tested : tested.OrderBy(of => of.Recall).ThenByDescending(of => of.Support).Take(Worst)).Select(of => (string[])
            [
                of.Label,
                .. Cells(champion is null ? [] : [before[of.Label]], of.Recall, isShare: true),
                FormattableString.Invariant($"{of.Support}"),
            ]));
        if (tested.Length > MostClasses)
        {
            page.Paragraph(FormattableString.Invariant($"These are the {Worst} worst of {tested.Length} classes; the other {tested.Length - Worst} are not shown."));
        }
    }

    private static string[] Columns(RetrainResult result, string first) => result.ChampionVersion is null
        ? [first, $"version {result.Version}"]
        : [first, $"champion {result.ChampionVersion}", $"challenger {result.Version}", "change"];

    private static string[] Cells(double?[] champion, double? challenger, bool isShare)
    {
        string[] figures = [.. champion.Append(challenger).Select(figure => isShare ? ReportContent.Percent(figure) : Number(figure))];
        return champion is [var before]
            ? [.. figures, before is null || challenger is null ? "-" : Change(challenger.Value - before.Value, isShare)]
            : figures;
    }

    private static string Change(double by, bool isShare) => isShare
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * by:+0.0;-0.0;0.0} points")
        : by.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static void Images(HtmlPage page, RetrainResult result)
    {
        page.Section("data", "What it was made from");
        page.List(
        [
            FormattableString.Invariant(
                $"{result.Training.Images.Train} to train on, {result.Training.Images.Validation} to choose by, {result.Training.Images.Test} to measure on."),
            .. result.Diagnostics.Select(diagnostic => diagnostic.Message),
            .. First(result.Changes?.TestRelabels ?? [], relabel => $"{relabel.Path}: frozen as {relabel.Frozen}, now {relabel.Now}."),
            .. NeverGiven(result.Training),
        ]);
    }

    private static IEnumerable<string> First<T>(IReadOnlyList<T> all, Func<T, string> line) => all.Count <= MostLines
        ? all.Select(line)
        : all.Take(MostLines).Select(line).Append(FormattableString.Invariant($"and {all.Count - MostLines} more of this kind, {all.Count} in all."));

    private static IEnumerable<string> NeverGiven(TrainResult result) => result.NeverGiven is { Count: > 0 } never
        ?
        [
            FormattableString.Invariant(
                $"Never given to any of the {result.Validation.Images + result.Test.Images} validation and test images: {never.Count} of {result.Classes.Count} classes, {NameList.Join(never)}."),
        ]
        : [];

    private static void Differences(HtmlPage page, ModelComparison comparison, Func<string, string> file, ReportPictures pictures)
    {
        page.Section("differences", FormattableString.Invariant($"The {comparison.Differences.Count} test images on which they differ"));
        if (comparison.Differences.Count > MostImages)
        {
            page.Paragraph(FormattableString.Invariant($"The first {MostImages} are shown."));
        }

        int left = MostImages;
        foreach ((string title, ModelComparison.PairedPrediction[] pairs) in (ReadOnlySpan<(string, ModelComparison.PairedPrediction[])>)
        [
            ("Newly wrong", [.. comparison.Differences.Where(pair => pair.ChampionIsRight)]),
            ("Newly right", [.. comparison.Differences.Where(pair => pair.ChallengerIsRight)]),
            ("Wrong both times", [.. comparison.Differences.Where(pair => !pair.ChampionIsRight && !pair.ChallengerIsRight)]),
        ])
        {
            if (pairs.Length > 0)
            {
                page.Subheading(FormattableString.Invariant($"{title}: {pairs.Length}"));
                ModelComparison.PairedPrediction[] shown = [.. pairs.Take(left)];
                IReadOnlyList<byte[]?> thumbnails = pictures.Thumbnails([.. shown.Select(pair => file(pair.Path))], ThumbnailSide);
                ReportGallery.Pictures(page, shown.Select((pair, i) => (thumbnails[i], ReportContent.ShortName(pair.Path), Lines(pair))));
                left = Math.Max(0, left - pairs.Length);
            }
        }
    }

    private static IEnumerable<string> Lines(ModelComparison.PairedPrediction pair) =>
    [
        $"label: {pair.Label}",
        $"champion: {pair.Champion}, {ReportContent.Percent(pair.ChampionProbability)}",
        $"challenger: {pair.Challenger}, {ReportContent.Percent(pair.ChallengerProbability)}",
    ];

    private static string Number(double? figure) => figure is { } value ? FormattableString.Invariant($"{value:F4}") : "-";
}
