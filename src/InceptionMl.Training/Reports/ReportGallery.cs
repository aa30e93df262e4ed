using InceptionMl.Training.Evaluation;

namespace InceptionMl.Training;

/// <summary>Images of a report: the worst mistakes, the most typical ones, and what is mixed up.</summary>
internal static class ReportGallery
{
    private const int MostWorst = 12;
    private const int MostTypical = 6;
    private const int MostPairs = 60;
    private const int MostNames = 24;
    private const int PicturesOfPair = 5;
    private const int PairSide = 160;

    /// <summary>Gets what is mixed up, the most frequent first.</summary>
    public static IReadOnlyList<(string Label, string Predicted, ImagePrediction[] Images)> Pairs(ReportContent content) =>
    [
        .. content.Mistakes
            .GroupBy(image => (image.Label, image.Predicted))
            .OrderByDescending(pair => pair.Count())
            .ThenBy(pair => pair.Key.Label, StringComparer.Ordinal)
            .ThenBy(pair => pair.Key.Predicted, StringComparer.Ordinal)
            .Take(MostPairs)
            .Select(pair => (pair.Key.Label, pair.Key.Predicted, pair.ToArray())),
    ];

    /// <summary>Gets what a link to the images of a cell of the confusion matrix leads to.</summary>
    public static string PairId(int truth, int given) => FormattableString.Invariant($"mixed-{truth}-{given}");

    public static void Append(HtmlPage page, ReportContent content, ReportPictures? pictures, int pairPictures)
    {
        if (content.Mistakes.Count > 0)
        {
            page.Section("mistakes", "The worst mistakes");
            page.Paragraph(FormattableString.Invariant(
                $"Of {content.Predictions.Count} {content.Measured} {content.Mistakes.Count} got a wrong label; these are the ones the model was most sure of. Some may be wrong labels of the images rather than mistakes of the model."));
            Explained(page, [.. content.Mistakes.Take(MostWorst)], pictures, isMistake: true);
            Mixed(page, content, pictures, pairPictures);
        }

        Unknown(page, content, pictures);
        Typical(page, content, pictures);
    }

    /// <summary>A contact sheet of mistakes.</summary>
    public static void Mistakes(HtmlPage page, IReadOnlyList<ImagePrediction> mistakes, ReportPictures pictures, int most)
    {
        page.Section("mistakes", "The mistakes");
        if (mistakes.Count > most)
        {
            page.Paragraph(FormattableString.Invariant($"The first {most} of {mistakes.Count} are shown."));
        }

        Explained(page, [.. mistakes.Take(most)], pictures, isMistake: true);
    }

    /// <summary>Pictures with lines of text below them; one that could not be read is its text alone.</summary>
    public static void Pictures(HtmlPage page, IEnumerable<(byte[]? Picture, string Name, IEnumerable<string> Lines)> images)
    {
        page.Add($"<ul class=\"images\">\n");
        foreach ((byte[]? picture, string name, IEnumerable<string> lines) in images)
        {
            page.Add($"<li>");
            Picture(page, picture, name);
            foreach (string line in lines)
            {
                page.Add($"<span>{line}</span>");
            }

            page.Add($"<span class=\"name\">{name}</span></li>\n");
        }

        page.Add($"</ul>\n");
    }

    private static void Explained(HtmlPage page, ImagePrediction[] images, ReportPictures? pictures, bool isMistake)
    {
        IReadOnlyList<(byte[]? Picture, byte[]? Heat)> shown = pictures?.Explained([.. images.Select(Place)]) ?? new (byte[]?, byte[]?)[images.Length];
        page.Add($"<ul class=\"pairs\">\n");
        for (int i = 0; i < images.Length; i++)
        {
            ImagePrediction image = images[i];
            page.Add($"<li><div class=\"duo\">");
            Picture(page, shown[i].Picture, ReportContent.ShortName(image.Path));
            Picture(page, shown[i].Heat, $"Heat map: where the evidence for {image.Predicted} lies");
            page.Add($"</div>");
            if (isMistake)
            {
                page.Add($"<span>called <strong class=\"bad\">{image.Predicted}</strong>, {100 * image.Probability:0.0} % sure</span>");
                page.Add($"<span>labeled <strong>{image.Label}</strong> ({100 * image.LabelProbability:0.0} %)</span>");
            }
            else
            {
                page.Add($"<span><strong class=\"good\">{image.Predicted}</strong>, {100 * image.Probability:0.0} % sure</span>");
            }

            page.Add($"<span class=\"name\">{ReportContent.ShortName(image.Path)}</span></li>\n");
        }

        page.Add($"</ul>\n");
        if (pictures?.HasHeat == true && images.Length > 0)
        {
            page.Paragraph("Right of each image: where the model finds evidence for the label it gave. Bright yellow is much, dark violet is little.", "soft");
        }
    }

    private static void Mixed(HtmlPage page, ReportContent content, ReportPictures? pictures, int pairPictures)
    {
        IReadOnlyList<(string Label, string Predicted, ImagePrediction[] Images)> pairs = Pairs(content);
        HashSet<ImagePrediction> above = [.. content.Mistakes.Take(MostWorst)];
        ImagePrediction[] pictured = pictures is null
            ? []
            :
            [
                .. pairs.SelectMany(pair => pair.Images.Where(image => !above.Contains(image)).Take(PicturesOfPair).Select((image, round) => (image, round)))
                    .OrderBy(of => of.round)
                    .Take(pairPictures)
                    .Select(of => of.image),
            ];
        IReadOnlyList<byte[]?> thumbnails = pictures?.Thumbnails([.. pictured.Select(Place)], PairSide) ?? [];
        Dictionary<ImagePrediction, byte[]?> byImage = [];
        for (int i = 0; i < pictured.Length; i++)
        {
            byImage.TryAdd(pictured[i], thumbnails[i]);
        }

        page.Section("mixed", "Mistakes by what was mixed up");
        Dictionary<string, int> places = content.Metrics.Labels.Select((label, place) => (label, place)).ToDictionary(of => of.label, of => of.place, StringComparer.Ordinal);
        foreach ((string label, string predicted, ImagePrediction[] images) in pairs)
        {
            page.Add($"<div class=\"mixed\" id=\"{PairId(places[label], places[predicted])}\" tabindex=\"-1\">\n<h3>{label} called {predicted}: {images.Length}</h3>\n");
            Pictures(page, images.Where(byImage.ContainsKey).Select(image => (
                byImage[image], ReportContent.ShortName(image.Path), (IEnumerable<string>)[FormattableString.Invariant($"{100 * image.Probability:0.0} % sure")])));
            Names(page, [.. images.Where(image => !byImage.ContainsKey(image))], above);
            page.Add($"</div>\n");
        }

        int left = content.Mistakes.Count - pairs.Sum(pair => pair.Images.Length);
        if (left > 0)
        {
            page.Paragraph(FormattableString.Invariant($"{left} mistakes between pairs that are rarer still are not listed."), "soft");
        }
    }

    private static void Names(HtmlPage page, ImagePrediction[] images, HashSet<ImagePrediction> above)
    {
        if (images.Length == 0)
        {
            return;
        }

        page.Add($"<ul class=\"names\">");
        foreach (ImagePrediction image in images.Take(MostNames))
        {
            page.Add($"<li><span class=\"name\">{ReportContent.ShortName(image.Path)}</span> {100 * image.Probability:0.0} % sure{(above.Contains(image) ? ", shown above" : string.Empty)}</li>\n");
        }

        page.Add($"</ul>\n");
        if (images.Length > MostNames)
        {
            page.Paragraph(FormattableString.Invariant($"and {images.Length - MostNames} more."), "soft");
        }
    }

    private static void Unknown(HtmlPage page, ReportContent content, ReportPictures? pictures)
    {
        if (content.Training is not { Unknown: { } rule, UnknownTestImages: { Count: > 0 } unknown })
        {
            return;
        }

        TrainResult.UnknownImage[] shown = [.. unknown.Take(MostWorst)];
        IReadOnlyList<byte[]?> thumbnails = pictures?.Thumbnails([.. shown.SelectMany(image => new[] { image.Image.FullPath, image.Nearest.FullPath })], PairSide) ?? new byte[]?[2 * shown.Length];
        page.Section("unknown", "What it calls unknown");
        page.Paragraph(FormattableString.Invariant(
            $"Of {content.Predictions.Count} test images {unknown.Count} are farther than {rule.Distance:0.000} from all training images it remembers, so that it takes none of its labels for right. Each is shown beside the nearest of those."));
        page.Add($"<ul class=\"pairs\">\n");
        for (int i = 0; i < shown.Length; i++)
        {
            (string name, string nearest) = (ReportContent.ShortName(shown[i].Image.Path), ReportContent.ShortName(shown[i].Nearest.Path));
            page.Add($"<li><div class=\"duo\">");
            Picture(page, thumbnails[2 * i], name);
            Picture(page, thumbnails[(2 * i) + 1], nearest);
            page.Add($"</div><span>labeled <strong>{shown[i].Image.Label}</strong>, distance {shown[i].Distance:0.000}</span>");
            page.Add($"<span>nearest: <strong>{shown[i].Nearest.Label}</strong></span><span class=\"name\">{name}</span><span class=\"name\">{nearest}</span></li>\n");
        }

        page.Add($"</ul>\n");
    }

    private static void Typical(HtmlPage page, ReportContent content, ReportPictures? pictures)
    {
        ImagePrediction[] typical =
        [
            .. content.Predictions
                .Where(image => image.IsRight)
                .GroupBy(image => image.Label, StringComparer.Ordinal)
                .Select(of => of.OrderByDescending(image => image.Probability).ThenBy(image => image.Path, StringComparer.Ordinal).First())
                .OrderByDescending(image => image.Probability)
                .Take(MostTypical),
        ];
        if (typical.Length == 0 || pictures is null)
        {
            return;
        }

        page.Section("typical", "What it is surest of");
        page.Paragraph("The most typical image of a label, as the model sees it. If the evidence lies beside the thing itself, it has learned the background.");
        Explained(page, typical, pictures, isMistake: false);
    }

    private static string Place(ImagePrediction image) => image.FullPath ?? image.Path;

    /// <summary>A picture; nothing where the image cannot be read any more.</summary>
    public static void Picture(HtmlPage page, byte[]? jpeg, string alt)
    {
        if (jpeg is not null)
        {
            page.Add($"<img alt=\"{alt}\" src=\"{jpeg}\" loading=\"lazy\">");
        }
    }
}
