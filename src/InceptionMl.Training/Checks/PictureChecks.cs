using System.Globalization;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>What is to be seen on images, and how large they are.</summary>
internal static class PictureChecks
{
    // Of cleanvision: the 99th percentile of brightness, 1 - the 5th, the shorter side by the longer, and quartiles of the size.
    private const double Dark = 0.32;
    private const double Bright = 0.05;
    private const double OddShape = 0.35;
    private const double QuartileRanges = 3;

    // Where nearly all images are of one size, quartiles lie together: what is at most twice as large is none the odder for it.
    private const double LeastOddRatio = 2;

    // Measured on photographs that were blurred or enlarged, and on those that were not.
    private const double Blurred = 9.5;
    private const double MostSoft = 0.25;

    // Shares of the network's input: of images of half the size all is there to be seen, enlarged.
    private const int PartOfInput = 2;

    public static void Add(FindingList findings, IReadOnlyList<InspectedImage> all, int inputSize)
    {
        InspectedImage[] images = [.. all.Where(image => image.Refusal is null)];
        InspectedImage[] shown = [.. images.Where(image => !image.Pixels.IsConstant)];
        Tell(DiagnosticIds.ConstantImages, DiagnosticSeverity.Warning, image => image.Pixels.IsConstant, "one color all over: nothing can be learned from {0}, so remove {0}.");
        Tell(DiagnosticIds.DarkImages, DiagnosticSeverity.Warning, image => !image.Pixels.IsConstant && image.Pixels.Brightest < Dark, "very dark: look whether anything can be seen on {0}, and remove {0} if not.");
        Tell(DiagnosticIds.BrightImages, DiagnosticSeverity.Warning, image => !image.Pixels.IsConstant && 1 - image.Pixels.Darkest < Bright, "nearly white all over: look whether anything can be seen on {0}, and remove {0} if not.");
        Tell(DiagnosticIds.SmallImages, DiagnosticSeverity.Warning, image => IsSmall(image, inputSize), string.Create(
            CultureInfo.InvariantCulture, $"less than half as large as what the network takes, {inputSize} pixels, and must be enlarged: use larger ones if there are any."));
        AddSoft(findings, [.. shown.Where(image => !IsSmall(image, inputSize))], inputSize);
        AddOddSizes(findings, images);
        Tell("odd-shape", DiagnosticSeverity.Note, image => Ratio(image) < OddShape, "more than 2.8 times as long as wide, or as wide as long: the network sees the middle of {0}, or all of {0} very small. Cut out what matters.");
        AddGray(findings, shown);

        void Tell(string check, DiagnosticSeverity severity, Func<InspectedImage, bool> isSo, string what)
        {
            ImageSample[] found = Samples(images.Where(isSo));
            bool one = found.Length == 1;
            findings.AddImages(check, severity, found, $"{findings.Images(found.Length)} {(one ? "is" : "are")} {string.Format(CultureInfo.InvariantCulture, what, one ? "it" : "them")}");
        }
    }

    /// <summary>Determines whether an image shows less than the network takes: it was enlarged or blurred, or it is far smaller.</summary>
    public static bool IsSoft(InspectedImage image, int inputSize) => image.Pixels.Detail < inputSize || IsSmall(image, inputSize);

    // What many images lack is how all were made. Single ones must be softer to be told: plain things on plain ground have little detail too.
    private static void AddSoft(FindingList findings, InspectedImage[] images, int inputSize)
    {
        InspectedImage[] soft = [.. images.Where(image => image.Pixels.Detail < inputSize)];
        if (soft.Length > MostSoft * images.Length)
        {
            int? usual = soft.Select(image => image.Pixels.Detail).Order().ElementAt(soft.Length / 2);
            findings.AddImages(DiagnosticIds.UpscaledImages, DiagnosticSeverity.Warning, Samples(soft), string.Create(
                CultureInfo.InvariantCulture,
                $"{findings.Images(soft.Length)} show no more than images of about {usual} pixels would, as if they were enlarged: a model that learned them will be wrong on sharp photographs. Use the originals, or score with images made the same way."));
            return;
        }

        InspectedImage[] blurred = [.. soft.Where(image => image.Pixels.Softness > Blurred)];
        findings.AddImages(DiagnosticIds.BlurredImages, DiagnosticSeverity.Warning, Samples(blurred), string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Images(blurred.Length)} {(blurred.Length == 1 ? "is" : "are")} blurred or enlarged, unlike the others: look whether {(blurred.Length == 1 ? "it shows" : "they show")} what the label says."));
    }

    private static void AddOddSizes(FindingList findings, InspectedImage[] images)
    {
        if (images.Length == 0)
        {
            return;
        }

        double[] sizes = [.. images.Select(Size).Order()];
        (double first, double median, double third) = (Quantile(sizes, 0.25), Quantile(sizes, 0.5), Quantile(sizes, 0.75));
        double range = QuartileRanges * (third - first);
        InspectedImage[] odd = [.. images.Where(image =>
            (Size(image) < first - range || Size(image) > third + range)
            && Math.Max(Size(image), median) >= LeastOddRatio * Math.Min(Size(image), median))];
        findings.AddImages("odd-size", DiagnosticSeverity.Note, Samples(odd), FormattableString.Invariant(
            $"{findings.Images(odd.Length)} {(odd.Length == 1 ? "is" : "are")} of a size far from the others' (usually about {median:F0} pixels a side): icons and scans among photographs are often of something else."));
    }

    private static void AddGray(FindingList findings, InspectedImage[] images)
    {
        InspectedImage[] gray = [.. images.Where(image => image.Pixels.IsGray)];
        if (gray.Length == 0 || gray.Length == images.Length)
        {
            return;
        }

        bool isGrayFew = 2 * gray.Length <= images.Length;
        ImageSample[] few = Samples(images.Where(image => image.Pixels.IsGray == isGrayFew));
        string[] labels = [.. few.Select(sample => sample.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string where = findings.IsTrait(few.Length) ? $", of {DatasetChecks.Classes(labels)}" : "";
        findings.AddImages("gray-and-color", DiagnosticSeverity.Note, few, string.Create(
            CultureInfo.InvariantCulture,
            $"{findings.Images(few.Length)}{where} {(few.Length == 1 ? "has" : "have")} {(isGrayFew ? "no color" : "color")}, and the others {(isGrayFew ? "have" : "have none")}: where that goes with the label, a model learns color instead of what is shown."));
    }

    private static ImageSample[] Samples(IEnumerable<InspectedImage> images) => [.. images.Select(image => image.Sample)];

    private static bool IsSmall(InspectedImage image, int inputSize) => Math.Min(image.Header.Width, image.Header.Height) * PartOfInput < inputSize;

    private static double Ratio(InspectedImage image) =>
        (double)Math.Min(image.Header.Width, image.Header.Height) / Math.Max(image.Header.Width, image.Header.Height);

    private static double Size(InspectedImage image) => Math.Sqrt((double)image.Header.Width * image.Header.Height);

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        double next = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((at - below) * (next - sorted[below]));
    }
}
