using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Checks;

/// <summary>Files of one content.</summary>
internal static class CopyChecks
{
    public static void Add(FindingList findings, IReadOnlyList<InspectedImage> images)
    {
        ImageSample[][] all = [.. Groups(images)];
        AddGroups(findings, "copies-under-two-labels", DiagnosticSeverity.Error, [.. all.Where(HasTwoLabels)], copies =>
            $"One image stands under the labels {NameList.Join(copies.Select(copy => copy.Label).Distinct(StringComparer.Ordinal))}: at most one of them is right, so remove the others.");
        AddGroups(findings, "copies-across-parts", DiagnosticSeverity.Warning, [.. all.Where(copies => !HasTwoLabels(copies) && HasTwoParts(copies))], copies =>
            $"One image of '{copies[0].Label}' stands in the parts {NameList.Join(copies.Select(copy => PartOf(copy)).Distinct(StringComparer.Ordinal))}: a model is measured on what it was trained on. Keep it in one part.");
        ImageSample[][] inOne = [.. all.Where(copies => !HasTwoLabels(copies) && !HasTwoParts(copies))];
        int superfluous = inOne.Sum(copies => copies.Length - 1);
        if (findings.IsTrait(superfluous))
        {
            findings.AddImages("copies", DiagnosticSeverity.Warning, [.. inOne.SelectMany(copies => copies.Skip(1))], string.Create(
                CultureInfo.InvariantCulture,
                $"{findings.Images(superfluous)} are exact copies of others under the same label, {inOne.Length:N0} in all: keep one of each."));
            return;
        }

        AddGroups(findings, "copies", DiagnosticSeverity.Warning, inOne, copies =>
            FormattableString.Invariant($"{copies.Length} files of '{copies[0].Label}' hold the same image: keep one of them."));
    }

    /// <summary>Gets the copies of each content that stands under one label only; the first is the one to keep.</summary>
    public static IEnumerable<ImageSample[]> UnderOneLabel(IReadOnlyList<InspectedImage> images) => Groups(images).Where(copies => !HasTwoLabels(copies));

    // Of copies, one that is tested on stays, so that figures stay comparable; else the one with the shortest name, as copies are given longer ones.
    private static IEnumerable<ImageSample[]> Groups(IReadOnlyList<InspectedImage> images) => images
        .Where(image => image.Refusal is null)
        .GroupBy(image => image.Hash, image => image.Sample)
        .Where(same => same.Skip(1).Any())
        .Select(same => same.OrderByDescending(copy => copy.Given ?? SplitPart.Train).ThenBy(copy => copy.Path.Length).ThenBy(copy => copy.Path, StringComparer.Ordinal).ToArray());

    private static bool HasTwoLabels(ImageSample[] copies) => Array.Exists(copies, copy => copy.Label != copies[0].Label);

    private static bool HasTwoParts(ImageSample[] copies) => Array.Exists(copies, copy => copy.Given != copies[0].Given);

    private static string PartOf(ImageSample copy) => copy.Given is { } part ? part.ToString().ToLowerInvariant() : "none";

    private static void AddGroups(FindingList findings, string check, DiagnosticSeverity severity, ImageSample[][] groups, Func<ImageSample[], string> describe)
    {
        foreach (ImageSample[] copies in groups)
        {
            findings.AddListed(check, severity, copies, describe(copies));
        }
    }
}
