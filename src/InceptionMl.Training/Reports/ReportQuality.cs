using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>How good a model is by label, what it mixes up, and what its probabilities are worth.</summary>
internal static class ReportQuality
{
    public const int MostMatrixLabels = 30;

    private const int MostLabels = 60;
    private const int WideMatrix = 8;
    private const int Shades = 9;
    private const int Bins = 10;
    private const int CurvePoints = 120;
    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    public static void Append(HtmlPage page, ReportContent content)
    {
        if (content.Metrics.Images == 0)
        {
            return;
        }

        Labels(page, content.Metrics);
        Confusion(page, content);
    }

    public static void AppendConfidence(HtmlPage page, ReportContent content)
    {
        ImagePrediction[] ordered = [.. content.Predictions.OrderByDescending(image => image.Probability)];
        if (ordered.Length == 0)
        {
            return;
        }

        page.Section("sureness", "Can its probabilities be trusted?");
        page.Paragraph(Calibration(content.Metrics, ordered));
        page.Add($"<div class=\"charts\">\n");
        Reliability(page, ordered);
        Coverage(page, ordered);
        page.Add($"</div>\n");
        page.Table(
            "What a lowest probability brings",
            ["answers at least so sure", "share of the images", "right", "wrong answers left"],
            Thresholds.Select(level => (Level: level, Found: ReportSummary.AtLeast(ordered, level))).Select(of => (string[])
            [
                FormattableString.Invariant($"{100 * of.Level:0} %"),
                ReportContent.Percent((double)of.Found.Answers / ordered.Length),
                ReportContent.Percent(of.Found.Answers == 0 ? null : (double)of.Found.Right / of.Found.Answers),
                FormattableString.Invariant($"{of.Found.Answers - of.Found.Right}"),
            ]));
    }

    private static void Labels(HtmlPage page, ClassificationMetrics metrics)
    {
        page.Section("labels", "Label by label");
        int[] shown = metrics.PerClass.Count <= MostLabels
            ? [.. Enumerable.Range(0, metrics.PerClass.Count)]
            : [.. Enumerable.Range(0, metrics.PerClass.Count).OrderBy(c => metrics.PerClass[c].Support == 0).ThenBy(c => metrics.PerClass[c].Recall).Take(MostLabels)];
        page.BeginTable("Figures by label", ["label", "images", "recall", "", "between", "precision", "F1", "most often taken for"]);
        foreach (int c in shown)
        {
            ClassificationMetrics.ClassMetrics of = metrics.PerClass[c];
            page.Add($"<tr><th scope=\"row\">{of.Label}</th><td>{of.Support}</td><td>{ReportContent.Percent(of.Recall)}</td><td>");
            page.Bar(of.Recall ?? 0);
            page.Add($"</td><td class=\"soft\">{(of.Support == 0 ? "-" : $"{ReportContent.Percent(of.RecallLow)} to {ReportContent.Percent(of.RecallHigh)}")}</td>");
            page.Add($"<td>{ReportContent.Percent(of.Precision)}</td><td>{ReportContent.Percent(of.F1)}</td><td class=\"words\">{TakenFor(metrics, c)}</td></tr>\n");
        }

        page.EndTable();
        page.Paragraph(
            (shown.Length < metrics.PerClass.Count ? FormattableString.Invariant($"These are the {shown.Length} of {metrics.PerClass.Count} labels with the lowest recall. ") : string.Empty)
            + "Recall: how many of a label's images are found. Precision: how many of the images called so are. Between: the 95 % interval of the recall.",
            "soft");
    }

    private static string TakenFor(ClassificationMetrics metrics, int truth) => string.Join(", ", metrics.Confusion[truth]
        .Select((count, given) => (count, given))
        .Where(cell => cell.count > 0 && cell.given != truth)
        .OrderByDescending(cell => cell.count)
        .Take(2)
        .Select(cell => FormattableString.Invariant($"{metrics.Labels[cell.given]} ({cell.count})")));

    private static void Confusion(HtmlPage page, ReportContent content)
    {
        ClassificationMetrics metrics = content.Metrics;
        page.Section("confusion", "What it mixes up");
        if (metrics.Labels.Count > MostMatrixLabels)
        {
            page.Paragraph(FormattableString.Invariant($"With {metrics.Labels.Count} labels a matrix is too large to read; the pairs below are those mixed up most often."));
            return;
        }

        page.Paragraph("Each row is what the images are, each column what they were called. The diagonal is right; everything else leads to its images.");
        HashSet<(string, string)> linked = [.. ReportGallery.Pairs(content).Select(pair => (pair.Label, pair.Predicted))];
        page.BeginTable("Confusion matrix: rows are labels, columns are answers", ["is \\ called", .. metrics.Labels], metrics.Labels.Count > WideMatrix ? "matrix wide" : "matrix");
        for (int truth = 0; truth < metrics.Labels.Count; truth++)
        {
            page.Add($"<tr><th scope=\"row\">{metrics.Labels[truth]}</th>");
            for (int given = 0; given < metrics.Labels.Count; given++)
            {
                Cell(page, metrics, truth, given, linked.Contains((metrics.Labels[truth], metrics.Labels[given])));
            }

            page.Add($"</tr>\n");
        }

        page.EndTable();
    }

    private static void Cell(HtmlPage page, ClassificationMetrics metrics, int truth, int given, bool isLinked)
    {
        int count = metrics.Confusion[truth][given];
        int shade = metrics.PerClass[truth].Support == 0 ? 0 : (int)Math.Ceiling(Shades * (double)count / metrics.PerClass[truth].Support);
        string style = count == 0 ? "none" : truth == given ? FormattableString.Invariant($"right r{shade}") : FormattableString.Invariant($"wrong w{shade}");
        if (isLinked)
        {
            string what = FormattableString.Invariant($"{count} of {metrics.Labels[truth]} called {metrics.Labels[given]}: show");
            page.Add($"<td class=\"{style}\"><a href=\"#{ReportGallery.PairId(truth, given)}\" aria-label=\"{what}\">{count}</a></td>");
        }
        else
        {
            page.Add($"<td class=\"{style}\">{count}</td>");
        }
    }

    private static string Calibration(ClassificationMetrics metrics, ImagePrediction[] images)
    {
        double sure = images.Average(image => image.Probability);
        double right = metrics.Accuracy ?? 0;
        string verdict = Math.Abs(sure - right) <= Math.Max(0.02, ((metrics.AccuracyHigh - metrics.AccuracyLow) / 2) ?? 0)
            ? "Yes, on the whole:"
            : sure > right ? "It is too sure of itself:" : "It is better than it thinks:";
        return FormattableString.Invariant(
            $"{verdict} on average it is {100 * sure:F1} % sure, and right in {100 * right:F1} %. The calibration error is {metrics.Ece:F3} ({metrics.Confidence?.Low:F3} to {metrics.Confidence?.High:F3}), where chance alone gives {metrics.Confidence?.ByChance:F3} with {images.Length} images.");
    }

    private static void Reliability(HtmlPage page, ImagePrediction[] images)
    {
        (int Count, int Right, double Sure)[] bins = [.. Enumerable.Range(0, Bins).Select(bin =>
        {
            ImagePrediction[] of = [.. images.Where(image => Math.Clamp((int)Math.Ceiling(image.Probability * Bins) - 1, 0, Bins - 1) == bin)];
            return (of.Length, of.Count(image => image.IsRight), of.Length == 0 ? 0 : of.Average(image => image.Probability));
        })];
        SvgChart chart = new(
            page,
            "How sure it is, and how often it is right",
            "Reliability diagram: " + string.Join("; ", bins.Where(bin => bin.Count > 0).Select(bin =>
                FormattableString.Invariant($"{100 * bin.Sure:0} % sure, right in {100.0 * bin.Right / bin.Count:0} % of {bin.Count} images"))),
            new SvgChart.Axis("how sure it is", SvgChart.Shares(5)),
            new SvgChart.Axis("right", SvgChart.Shares(5)));
        for (int bin = 0; bin < Bins; bin++)
        {
            if (bins[bin] is { Count: > 0 } of)
            {
                chart.Bar((double)bin / Bins, (bin + 1.0) / Bins, (double)of.Right / of.Count, FormattableString.Invariant($"{of.Right} of {of.Count} images right, {100 * of.Sure:0} % sure on average"));
            }
        }

        chart.Line([(0, 0), (1, 1)], "ideal");
        chart.End();
    }

    private static void Coverage(HtmlPage page, ImagePrediction[] ordered)
    {
        List<(double Share, double Accuracy)> points = [];
        int right = 0;
        for (int i = 0; i < ordered.Length; i++)
        {
            right += ordered[i].IsRight ? 1 : 0;
            bool isShown = (long)(i + 1) * CurvePoints / ordered.Length > (long)i * CurvePoints / ordered.Length;
            if (isShown && (i + 1 < ordered.Length ? ordered[i + 1].Probability < ordered[i].Probability : true))
            {
                points.Add(((i + 1.0) / ordered.Length, (double)right / (i + 1)));
            }
        }

        double lowest = Math.Min(0.9, Math.Floor(10 * points.Min(point => point.Accuracy)) / 10);
        SvgChart chart = new(
            page,
            "Leaving the unsure to a person",
            "Accuracy by the share of images that are answered, the surest first: " + string.Join(", ", points.Where((_, i) => i % Math.Max(1, points.Count / 5) == 0 || i == points.Count - 1).Select(point =>
                FormattableString.Invariant($"{100 * point.Accuracy:0.0} % right when {100 * point.Share:0} % are answered"))),
            new SvgChart.Axis("share of images it answers", SvgChart.Shares(5)),
            new SvgChart.Axis("right", [.. SvgChart.Shares(10).Where(tick => tick.At >= lowest - 1e-9)]));
        chart.Line(points.Select(point => (point.Share, point.Accuracy)), "line");
        chart.End();
    }
}
