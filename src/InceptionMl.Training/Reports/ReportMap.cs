using InceptionMl.Training.Evaluation;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>A map of how images lie to the network: those that look alike lie close together.</summary>
internal static class ReportMap
{
    private const int MostPictures = 14;
    private const int PixelsOfPicture = 88;
    private const double Width = 720;
    private const double Height = 460;
    private const double Margin = 30;
    private const double Picture = 44;
    private const int Colors = 8;
    private const int Shapes = 4;

    public static void Append(HtmlPage page, ReportContent content, ReportPictures? pictures)
    {
        if (content.Sample is not { Images.Count: > 2 } sample)
        {
            return;
        }

        (IReadOnlyList<(double X, double Y)> places, double share) = sample.Project();
        string[] labels = [.. content.Metrics.Labels];
        Dictionary<string, ImagePrediction> wrong = new(StringComparer.Ordinal);
        foreach (ImagePrediction mistake in content.Mistakes)
        {
            wrong.TryAdd(mistake.Path, mistake);
        }

        page.Section("map", "A map of the images");
        page.Paragraph(FormattableString.Invariant(
            $"Images that look alike to the network lie close together. Where the colors of two labels mix, it can hardly tell them apart; a lone dot far away is worth a look. Ringed: mistakes among the {content.Measured}."));
        page.Add($"<figure><svg class=\"map\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Summary(sample, places, labels)}\">\n");
        for (int i = 0; i < places.Count; i++)
        {
            Point(page, places[i], Array.IndexOf(labels, sample.Images[i].Label), sample.Images[i].Path, wrong.GetValueOrDefault(sample.Images[i].Path));
        }

        if (pictures is not null)
        {
            int[] apart = FarApart(places);
            IReadOnlyList<byte[]?> small = pictures.Thumbnails([.. apart.Select(i => sample.Images[i].FullPath)], PixelsOfPicture);
            for (int i = 0; i < apart.Length; i++)
            {
                if (small[i] is { } jpeg)
                {
                    (double x, double y) = At(places[apart[i]]);
                    int color = Array.IndexOf(labels, sample.Images[apart[i]].Label) % Colors;
                    page.Add($"<image href=\"{jpeg}\" x=\"{x - (Picture / 2)}\" y=\"{y - (Picture / 2)}\" width=\"{Picture}\" height=\"{Picture}\" preserveAspectRatio=\"xMidYMid slice\"/>");
                    page.Add($"<rect class=\"frame c{Math.Max(0, color)}\" x=\"{x - (Picture / 2)}\" y=\"{y - (Picture / 2)}\" width=\"{Picture}\" height=\"{Picture}\"><title>{ReportContent.ShortName(sample.Images[apart[i]].Path)}</title></rect>\n");
                }
            }
        }

        page.Add($"</svg><figcaption>");
        for (int c = 0; c < Math.Min(labels.Length, Colors * Shapes); c++)
        {
            page.Add($"<span class=\"key\"><svg viewBox=\"-6 -6 12 12\" aria-hidden=\"true\"><path class=\"c{c % Colors}\" d=\"{Shape(c)}\"/></svg>{labels[c]}</span> ");
        }

        page.Add($"</figcaption></figure>\n");
        page.Paragraph(
            FormattableString.Invariant($"The two directions along which the features differ most; they hold {100 * share:F0} % of all differences.")
            + (sample.Images.Count < sample.Of ? FormattableString.Invariant($" {sample.Images.Count} of {sample.Of} images are shown, drawn by their content.") : string.Empty),
            "soft");
    }

    private static (double X, double Y) At((double X, double Y) place) =>
        (Margin + (place.X * (Width - (2 * Margin))), Margin + ((1 - place.Y) * (Height - (2 * Margin))));

    private static void Point(HtmlPage page, (double X, double Y) place, int label, string path, ImagePrediction? mistake)
    {
        (double x, double y) = At(place);
        string text = mistake is null ? ReportContent.ShortName(path) : $"{ReportContent.ShortName(path)}, called {mistake.Predicted}";
        page.Add($"<g transform=\"translate({x} {y})\"><title>{text}</title>");
        if (mistake is not null)
        {
            page.Add($"<circle class=\"ring\" r=\"8\"/>");
        }

        page.Add($"<path class=\"c{Math.Max(0, label) % Colors}\" d=\"{Shape(Math.Max(0, label))}\"/></g>\n");
    }

    private static string Shape(int label) => (label / Colors % Shapes) switch
    {
        0 => "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        1 => "M-4 -4h8v8h-8z",
        2 => "M0 -5l5 9h-10z",
        _ => "M0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
    };

    // Each is the one farthest from those before it, the first nearest to the middle.
    private static int[] FarApart(IReadOnlyList<(double X, double Y)> places)
    {
        double[] nearest = new double[places.Count];
        Array.Fill(nearest, double.MaxValue);
        List<int> chosen = [Enumerable.Range(0, places.Count).MinBy(i => Distance(places[i], (0.5, 0.5)))];
        while (chosen.Count < Math.Min(MostPictures, places.Count))
        {
            for (int i = 0; i < nearest.Length; i++)
            {
                nearest[i] = Math.Min(nearest[i], Distance(places[i], places[chosen[^1]]));
            }

            chosen.Add(Enumerable.Range(0, nearest.Length).MaxBy(i => nearest[i]));
        }

        return [.. chosen.Distinct()];
    }

    private static double Distance((double X, double Y) one, (double X, double Y) other) =>
        Math.Pow((one.X - other.X) * Width, 2) + Math.Pow((one.Y - other.Y) * Height, 2);

    private static string Summary(FeatureSample sample, IReadOnlyList<(double X, double Y)> places, string[] labels) => "Map of the features. " + string.Join("; ", labels
        .Select(label => (Label: label, Places: places.Where((_, i) => sample.Images[i].Label == label).ToArray()))
        .Where(of => of.Places.Length > 0)
        .Take(Colors * Shapes)
        .Select(of => FormattableString.Invariant(
            $"{of.Label}: {of.Places.Length} images around {100 * of.Places.Average(place => place.X):0} % across and {100 * of.Places.Average(place => place.Y):0} % up")));
}
