using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>How good a model is, in words and a few figures; what was found on the way; what the words mean.</summary>
internal static class ReportSummary
{
    private const double WantedAccuracy = 0.95;
    private const int FewImages = 10;
    private const int MostLines = 20;
    private static readonly double[] Thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    public static void Append(HtmlPage page, ReportContent content)
    {
        page.Section("summary", "How good it is");
        if (content.Metrics is { Accuracy: { } accuracy, Images: > 0 })
        {
            Headline(page, content, accuracy);
            Cards(page, content);
        }
        else
        {
            page.Paragraph(content.Training?.Validation.Accuracy is { } validation
                ? $"There were no test images, so nobody knows yet. On the images that chose its settings it is right in {ReportContent.Percent(validation)}, which flatters it."
                : "There was no image to measure it on, so nobody knows yet.");
        }

        if (content.Suggestions.Count > 0)
        {
            page.Subheading("What to do next");
            page.List(content.Suggestions);
        }

        Findings(page, content);
    }

    /// <summary>Gets how many answers are at least so sure, and how many of those are right.</summary>
    public static (int Answers, int Right) AtLeast(IReadOnlyList<ImagePrediction> predictions, double probability) =>
        (predictions.Count(image => image.Probability >= probability), predictions.Count(image => image.Probability >= probability && image.IsRight));

    public static void AppendGlossary(HtmlPage page)
    {
        page.Section("glossary", "What the words mean");
        page.Terms(
        [
            ("Accuracy", "The share of images that get the right label."),
            ("Calibration", "Whether answers that are 80 % sure are right 80 times in 100. The calibration error is the mean distance from that."),
            ("Confusion matrix", "How often images of each label were given each label. What is right stands on the diagonal."),
            ("Cross-validation", "The images are dealt into parts; each part is judged by a model that was fitted on the others."),
            ("F1", "One figure for precision and recall: their harmonic mean. Macro F1 is its mean over all labels, small ones counting as much as large ones."),
            ("Features", "The numbers that the network makes of an image. Images that look alike to it have features alike."),
            ("Heat map", "Where in an image the evidence for a label lies: bright yellow for much, dark violet for little."),
            ("Interval", "Where the figure would lie for many more images like these, 95 times in 100."),
            ("Log loss", "How improbable the true labels were to the model; 0 is perfect, and being sure and wrong costs most."),
            ("Network, head", "The network, or backbone, was trained by others on millions of photos and turns an image into features. The head, trained here, turns features into labels."),
            ("Precision", "Of the images that were given a label, the share that have it."),
            ("Recall", "Of the images that have a label, the share that were given it."),
            ("Test images", "Images that were kept apart: nothing was learned from them and nothing chosen by them."),
            ("Validation images", "Images by which the settings were chosen; the model learns from them in the end."),
        ]);
    }

    private static void Headline(HtmlPage page, ReportContent content, double accuracy)
    {
        ClassificationMetrics metrics = content.Metrics;
        string seen = content.Training is null ? string.Empty : " that it had never seen";
        page.Add($"<div class=\"headline\"><p class=\"big\">{ReportContent.Percent(accuracy)}</p>\n<div>");
        page.Paragraph(
            FormattableString.Invariant($"{ReportContent.InWords(accuracy)} images get the right label. Measured on {metrics.Images:N0} {content.Measured}{seen}."), "strong");
        page.Paragraph(
            $"For many more images like these the share would be between {ReportContent.Percent(metrics.AccuracyLow)} and {ReportContent.Percent(metrics.AccuracyHigh)}, 95 times in 100."
            + (metrics.Images < 100 ? " That is a wide range: more test images would narrow it." : string.Empty),
            "soft");
        page.Add($"</div></div>\n");
    }

    private static void Cards(HtmlPage page, ReportContent content)
    {
        ClassificationMetrics metrics = content.Metrics;
        ClassificationMetrics.ClassMetrics[] tested = [.. metrics.PerClass.Where(of => of.Support > 0)];
        ClassificationMetrics.ClassMetrics commonest = tested.MaxBy(of => of.Support)!;
        page.Add($"<ul class=\"cards\">\n");
        Card(page, "Without a model", ReportContent.Percent((double)commonest.Support / metrics.Images), $"would be right by always saying {commonest.Label}.");
        Sureness(page, content);
        if (tested.Length > 1)
        {
            OfClass(page, "Best label", tested.MaxBy(of => of.Recall)!);
            OfClass(page, "Weakest label", tested.MinBy(of => of.Recall)!);
        }

        if (content.Training is { } training)
        {
            Card(page, "Learned from", FormattableString.Invariant($"{training.Images.Train + training.Images.Validation:N0}"), "images; measured on others.");
        }

        page.Add($"</ul>\n");
    }

    // The lowest of some thresholds above which the answers are as good as one would want, or the one where they are best.
    private static void Sureness(HtmlPage page, ReportContent content)
    {
        var levels = Thresholds
            .Select(level => (Level: level, Found: AtLeast(content.Predictions, level)))
            .Where(of => 10 * of.Found.Answers >= content.Predictions.Count && of.Found.Answers > 0)
            .ToArray();
        if (levels.Length == 0)
        {
            return;
        }

        (double level, (int answers, int right)) = levels.FirstOrDefault(of => of.Found.Right >= WantedAccuracy * of.Found.Answers, levels[^1]);
        Card(
            page,
            "When it is sure",
            ReportContent.Percent((double)right / answers),
            FormattableString.Invariant($"are right where it is at least {100 * level:0} % sure, which is in {100.0 * answers / content.Predictions.Count:0} % of the images."));
    }

    private static void OfClass(HtmlPage page, string title, ClassificationMetrics.ClassMetrics of) => Card(
        page,
        title,
        ReportContent.Percent(of.Recall),
        FormattableString.Invariant($"of its {of.Support} {(of.Support == 1 ? "image" : "images")} are found: {of.Label}.{(of.Support < FewImages ? " So few images make a rough figure." : string.Empty)}"));

    private static void Card(HtmlPage page, string title, string figure, string text) =>
        page.Add($"<li><span class=\"soft\">{title}</span> <span class=\"figure\">{figure}</span> <span>{text}</span></li>\n");

    private static void Findings(HtmlPage page, ReportContent content)
    {
        string[] unreadable = [.. content.Unreadable.Take(MostLines).Select(problem => $"{ReportContent.ShortName(problem.Path)} {problem.Problem.TrimEnd('.')}.")];
        if (content.Diagnostics.Count + unreadable.Length == 0)
        {
            return;
        }

        page.Section("findings", "What was found");
        page.Add($"<ul class=\"findings\">\n");
        foreach (Diagnostic diagnostic in content.Diagnostics.OrderByDescending(diagnostic => diagnostic.Severity))
        {
            (string style, string word) = diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => ("bad", "Error"),
                DiagnosticSeverity.Warning => ("caution", "Warning"),
                _ => ("note", "Note"),
            };
            page.Add($"<li><strong class=\"{style}\">{word}</strong> {diagnostic.Message}</li>\n");
        }

        page.Add($"</ul>\n");
        if (unreadable.Length > 0)
        {
            page.Subheading(FormattableString.Invariant($"{content.Unreadable.Count} {(content.Unreadable.Count == 1 ? "image" : "images")} could not be read"));
            page.List(unreadable.Length < content.Unreadable.Count
                ? [.. unreadable, FormattableString.Invariant($"and {content.Unreadable.Count - unreadable.Length} more.")]
                : unreadable);
        }
    }
}
