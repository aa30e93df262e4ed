using System.Globalization;
using System.Text.Json;
using InceptionMl.Images;
using InceptionMl.Models;

namespace InceptionMl.Training;

/// <summary>What a model was made from and how: its images, the learning curve, what was tried, the settings.</summary>
internal static class ReportTraining
{
    private const int MostLabels = 60;
    private const int MostTried = 12;
    private const int MostSuspects = 12;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void AppendData(HtmlPage page, ReportContent content)
    {
        if (content.Training is not { ImagesByClass.Count: > 0 } training)
        {
            return;
        }

        page.Section("images", "The images");
        page.Paragraph(FormattableString.Invariant(
            $"{training.Images.Train:N0} to learn from, {training.Images.Validation:N0} to choose the settings by, {training.Images.Test:N0} kept apart to measure on."));
        TrainResult.ClassImages[] all = [.. training.ImagesByClass];
        TrainResult.ClassImages[] shown = all.Length <= MostLabels ? all : [.. all.OrderBy(of => of.Total).Take(MostLabels)];
        int most = all.Max(of => of.Total);
        page.BeginTable("Images by label and part", ["label", "to learn from", "to choose by", "to measure on", "in all", ""]);
        foreach (TrainResult.ClassImages of in shown)
        {
            page.Add($"<tr><th scope=\"row\">{of.Label}</th><td>{of.Train}</td><td>{of.Validation}</td><td>{of.Test}</td><td>{of.Total}</td><td>");
            page.Bar((double)of.Total / most);
            page.Add($"</td></tr>\n");
        }

        page.EndTable();
        if (shown.Length < all.Length)
        {
            page.Paragraph(FormattableString.Invariant($"These are the {shown.Length} smallest of {all.Length} labels; the others are not shown."), "soft");
        }
    }

    public static void AppendCurve(HtmlPage page, ReportContent content)
    {
        if (content.Training?.Review is not { LearningCurve: { Count: > 1 } curve } review)
        {
            return;
        }

        page.Section("more", "Would more images help?");
        page.Paragraph(review.GainOfTwiceTheImages > 0
            ? FormattableString.Invariant($"Yes: twice as many may bring about {100 * review.GainOfTwiceTheImages:F1} points more.")
            : "Hardly: the last doubling of the images changed no more than chance does. Better labels, or another network, will do more.");
        if (review.WeakClasses.Count > 0)
        {
            page.Paragraph($"First of all for the labels below the average, the weakest first: {ReportContent.Join(review.WeakClasses)}.");
        }

        double lowest = Math.Floor(10 * curve.Min(point => point.Accuracy)) / 10;
        (double, string)[] shares = [.. SvgChart.Shares(10).Where(tick => tick.At >= lowest - 1e-9)];
        double most = curve[^1].Images;
        page.Add($"<div class=\"charts\">\n");
        SvgChart chart = new(
            page,
            "Right answers by the number of images",
            "Accuracy: " + string.Join(", ", curve.Select(point => FormattableString.Invariant($"{ReportContent.Percent(point.Accuracy)} with {point.Images} images"))),
            new SvgChart.Axis("images to learn from", [(0, "0"), .. curve.Select(point => ((double)point.Images, point.Images.ToString(CultureInfo.InvariantCulture))), (1.08 * most, string.Empty)]),
            new SvgChart.Axis("accuracy", shares));
        chart.Line(curve.Select(point => ((double)point.Images, point.Accuracy)), "line");
        chart.Dots(curve.Select(point => ((double)point.Images, point.Accuracy, FormattableString.Invariant($"{point.Images} images: {ReportContent.Percent(point.Accuracy)}"))), "dot");
        foreach (TrainingReview.LearningCurvePoint point in curve)
        {
            chart.Label(point.Images, point.Accuracy, ReportContent.Percent(point.Accuracy));
        }

        chart.End();
        page.Add($"</div>\n");
        page.Paragraph("By cross-validation over the images to learn from, each judged by a model that had not seen it.", "soft");
        Suspects(page, review);
    }

    public static void AppendChoice(HtmlPage page, ReportContent content)
    {
        if (content.Training is not { } training || training.Candidates.Count == 0)
        {
            return;
        }

        page.Section("choice", "How it was chosen");
        if (training.Compared.Count > 0)
        {
            page.Subheading("Networks");
            page.Table(
                "Networks that were compared",
                ["network", "accuracy", "log loss", "millions of multiplications", "megabytes"],
                training.Compared.OrderBy(one => one.LogLoss).Select(one => (string[])
                [
                    one.Name,
                    $"{ReportContent.Percent(one.Accuracy)} ({ReportContent.Percent(one.AccuracyLow)} to {ReportContent.Percent(one.AccuracyHigh)})",
                    Number(one.LogLoss),
                    (one.MultiplyAdds / 1e6).ToString("F0", CultureInfo.InvariantCulture),
                    (one.NetworkBytes / 1e6).ToString("F1", CultureInfo.InvariantCulture),
                ]));
            page.Paragraph(FormattableString.Invariant($"By cross-validation on {training.Compared[0].Images} of the images."), "soft");
        }

        page.Subheading("Heads");
        ModelCandidate? chosen = training.Candidates.FirstOrDefault(candidate => candidate.Chosen);
        ModelCandidate[] alike = [.. training.Candidates
            .Where(candidate => chosen is null || candidate.Judge == chosen.Judge)
            .OrderByDescending(candidate => candidate.Chosen)
            .ThenBy(candidate => candidate.LogLoss ?? double.MaxValue)];
        page.Table(
            "Heads that were tried",
            ["trainer", "L2", "log loss", "accuracy", ""],
            alike.Take(MostTried).Select(candidate => (string[])
            [
                candidate.Trainer,
                candidate.L2.ToString("G3", CultureInfo.InvariantCulture),
                Number(candidate.LogLoss),
                ReportContent.Percent(candidate.Accuracy),
                candidate.Chosen ? "chosen" : candidate.Stopped ? "stopped" : string.Empty,
            ]));
        page.Paragraph(FormattableString.Invariant(
            $"{Math.Min(MostTried, alike.Length)} of {training.Candidates.Count} that were tried, the lowest log loss first, by {chosen?.Judge ?? "validation"}."), "soft");
        if (training.Validation.Images > 0 && training.ValidationNote is { } note)
        {
            page.Paragraph($"On the validation images it is right in {ReportContent.Percent(training.Validation.Accuracy)}, {note}.", "soft");
        }
    }

    public static void AppendSettings(HtmlPage page, ReportContent content)
    {
        ModelCard card = content.Card;
        page.Section("settings", "Settings");
        page.Terms(
        [
            ("Network", string.Join(", ", new[] { card.Backbone.Name, card.Backbone.Version, card.Backbone.License }.OfType<string>())),
            ("Images as the network sees them", FormattableString.Invariant(
                $"{card.Preprocessing.Width} x {card.Preprocessing.Height} pixels, {card.Preprocessing.Mode switch { ResizeMode.Crop => "cropped", ResizeMode.Pad => "padded", _ => "stretched" }}")),
            ("Features", FormattableString.Invariant($"{card.Backbone.Outputs.Features.Width} from {card.Backbone.Outputs.Features.Sources?.Count ?? 1} of its blocks")),
            ("Head", FormattableString.Invariant($"{card.Head.Trainer}, L2 {card.Head.L2:G3}, class weights: {card.Head.Balance ?? "none"}")),
            ("Augmentation", card.Augmentation?.Kind ?? "none"),
            .. card.Data is { } data
                ? new[] { ("Parts", FormattableString.Invariant($"validation {data.ValidationFraction:0.##}, test {data.TestFraction:0.##}, where none were given")), ("Fingerprint of the images", data.Fingerprint) }
                : [],
            ("Seed", FormattableString.Invariant($"{card.Seed}")),
            .. card.Versions is { } versions ? new[] { ("Made with", string.Join(", ", versions.Select(version => $"{version.Key} {version.Value}"))) } : [],
        ]);
        if (card.Settings is { } settings)
        {
            page.Add($"<details><summary>All settings, as a pipeline file has them</summary>\n<pre tabindex=\"0\">{JsonSerializer.Serialize(settings, Indented)}</pre></details>\n");
        }
    }

    private static void Suspects(HtmlPage page, TrainingReview review)
    {
        if (review.Suspects == 0)
        {
            return;
        }

        page.Subheading(review.Suspects == 1 ? "An image that may be mislabeled" : FormattableString.Invariant($"{review.Suspects} images that may be mislabeled"));
        page.Paragraph(FormattableString.Invariant($"Models that had not seen them are at least {100 * TrainingReview.SuspectProbability:0} % sure of another label."));
        page.Table(
            "Images that may be mislabeled",
            ["image", "its label", "looks like", "how sure"],
            review.SuspectLabels.Take(MostSuspects).Select(image => (string[])
            [
                ReportContent.ShortName(image.Path), image.Label, image.Suggested, ReportContent.Percent(image.SuggestedProbability),
            ]));
        if (review.Suspects > MostSuspects)
        {
            page.Paragraph(FormattableString.Invariant($"These are the {MostSuspects} whose own label is the least probable."), "soft");
        }
    }

    private static string Number(double? figure) => figure is { } value ? FormattableString.Invariant($"{value:F3}") : "-";
}
