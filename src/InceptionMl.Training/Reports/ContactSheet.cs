namespace InceptionMl.Training;

/// <summary>Pages of images for a person to look through beside a table of them.</summary>
internal static class ContactSheet
{
    private const int Most = 120;
    private const int Side = 220;
    private const int NearSide = 110;

    /// <summary>The images whose labels look wrong, the most suspect first, each above those that it is most like.</summary>
    public static HtmlPage Suspects(string name, LabelReview.Result review, ReportPictures pictures)
    {
        LabelReview.ReviewedImage[] suspects = [.. review.Images.Where(image => image.IsSuspect)];
        HtmlPage page = new(name, "Labels that may be wrong", FormattableString.Invariant(
            $"Models that had not seen them believe another label of {suspects.Length} of {review.Images.Count} images. Many of these are hard to tell and labeled right: look at each before you change its label."));
        Begin(page, "suspects", "The most suspect first", suspects.Length);
        LabelReview.ReviewedImage[] shown = [.. suspects.Take(Most)];
        IReadOnlyList<byte[]?> thumbnails = pictures.Thumbnails([.. shown.Select(image => image.FullPath)], Side);
        LabelReview.Neighbor[] near = [.. shown.SelectMany(image => image.Nearest)];
        Queue<byte[]?> nearThumbnails = new(pictures.Thumbnails([.. near.Select(image => image.FullPath)], NearSide));
        page.Add($"<ul class=\"pairs\">\n");
        for (int i = 0; i < shown.Length; i++)
        {
            LabelReview.ReviewedImage image = shown[i];
            page.Add($"<li><div class=\"duo\">");
            ReportGallery.Picture(page, thumbnails[i], ReportContent.ShortName(image.Path));
            page.Add($"<div class=\"near\">");
            foreach (LabelReview.Neighbor neighbor in image.Nearest)
            {
                ReportGallery.Picture(page, nearThumbnails.Dequeue(), $"One of the most alike, labeled {neighbor.Label}");
            }

            page.Add($"</div></div><span>labeled <strong class=\"bad\">{image.Label}</strong> ({100 * image.Probability:0} %)</span>");
            page.Add($"<span>looks like <strong>{image.Suggested}</strong> ({100 * image.SuggestedProbability:0} %)</span>");
            if (image.Nearest.Count > 0)
            {
                page.Add($"<span>most alike: {string.Join(", ", image.Nearest.Select(neighbor => neighbor.Label))}</span>");
            }

            page.Add($"<span class=\"name\">{ReportContent.ShortName(image.Path)}</span></li>\n");
        }

        page.Add($"</ul>\n");
        return page;
    }

    /// <summary>The images that are most worth a label, in their order.</summary>
    public static HtmlPage Suggestions(string name, ActiveLearning.Result result, ReportPictures pictures)
    {
        HtmlPage page = new(name, "Images to label next", FormattableString.Invariant(
            $"{result.Images.Count} of {result.Pool} images teach a model the most if they are labeled first."));
        Begin(page, "images", "The most useful first", result.Images.Count);
        ActiveLearning.SuggestedImage[] shown = [.. result.Images.Take(Most)];
        IReadOnlyList<byte[]?> thumbnails = pictures.Thumbnails([.. shown.Select(image => image.FullPath)], Side);
        ReportGallery.Pictures(page, shown.Select((image, i) => (
            thumbnails[i], ReportContent.ShortName(image.Path), (IEnumerable<string>)[FormattableString.Invariant($"{i + 1}. looks like {image.Label} ({100 * image.Probability:0} %)")])));
        return page;
    }

    private static void Begin(HtmlPage page, string id, string title, int count)
    {
        page.Section(id, title);
        if (count > Most)
        {
            page.Paragraph(FormattableString.Invariant($"The first {Most} of {count} are shown; the table has all."), "soft");
        }
    }
}
