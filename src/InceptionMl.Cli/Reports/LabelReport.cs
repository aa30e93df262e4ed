using System.Globalization;
using InceptionMl.Training;
using InceptionMl.Training.Checks;

namespace InceptionMl.Cli;

/// <summary>Labels that look wrong, for programs and for people.</summary>
internal static class LabelReport
{
    private const string Check = "suspect-label";
    private const int Shown = 10;
    private const double Trait = 0.1;

    /// <summary>A finding for each suspect label; one for all where they are more than a tenth.</summary>
    public static IReadOnlyList<DatasetFinding> Findings(LabelReview.Result review)
    {
        LabelReview.ReviewedImage[] suspects = [.. review.Images.Where(image => image.IsSuspect)];
        return suspects.Length > Trait * review.Images.Count
            ? [new DatasetFinding(Check, DiagnosticSeverity.Warning, Label: null, [.. suspects.Take(Shown).Select(image => image.Path)], suspects.Length, FormattableString.Invariant(
                $"{suspects.Length} of {review.Images.Count} images look like another class than their label's: the classes may be hard to tell apart, or the labels are poor."))]
            : [.. suspects.Select(image => new DatasetFinding(Check, DiagnosticSeverity.Warning, image.Label, [image.Path], 1, Describe(image)))];
    }

    public static void Write(CommandContext context, LabelReview.Result review, string file, string sheet)
    {
        LabelReview.ReviewedImage[] suspects = [.. review.Images.Where(image => image.IsSuspect)];
        context.Text.WriteLine();
        if (suspects.Length > 0)
        {
            TerminalTable table = new(
                new TerminalColumn("labels that look wrong"), new TerminalColumn("label"), new TerminalColumn("p", IsNumber: true, Rank: 1), new TerminalColumn("looks like"), new TerminalColumn("p", IsNumber: true, Rank: 2));
            foreach (LabelReview.ReviewedImage image in suspects.Take(Shown))
            {
                table.Add(Path.GetFileName(image.Path), image.Label, Percent(image.Probability), image.Suggested, Percent(image.SuggestedProbability));
            }

            table.Write(context.Console);
        }

        context.Text.WriteLine(suspects.Length == 0
            ? $"No label looks wrong. {file} lists all images, those whose labels are the least likely first."
            : FormattableString.Invariant($"{suspects.Length} of {review.Images.Count} labels look wrong to models that had not seen their images. They come first in {file}, and {sheet} shows them: look at these images, mend the column label where it is wrong, and train on the file. Many of them are hard to tell and labeled right."));
    }

    private static string Describe(LabelReview.ReviewedImage image) => FormattableString.Invariant(
        $"'{image.Path}' is labeled {image.Label} ({Percent(image.Probability)}) and looks like {image.Suggested} ({Percent(image.SuggestedProbability)}) to models that had not seen it; nearest to it are {string.Join(", ", image.Nearest.Select(near => $"'{near.Path}' ({near.Label})"))}. Look at it, and mend its label if it is wrong.");

    private static string Percent(float probability) => (100 * probability).ToString("F0", CultureInfo.InvariantCulture) + " %";
}
