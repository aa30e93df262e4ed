using System.Globalization;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Checks;

/// <summary>Images that show the same and are not the same file. Exact copies count as one here; they are told by themselves.</summary>
internal static class NearCopyChecks
{
    public static void Add(FindingList findings, IReadOnlyList<InspectedImage> images, CancellationToken cancellationToken)
    {
        HashSet<ContentHash> seen = [];
        ImageFingerprint?[] distinct = [.. images.Select(image => image.Refusal is null && seen.Add(image.Hash) ? image.Fingerprint : null)];
        DisjointSets alike = new(images.Count);
        DisjointSets underOthers = new(images.Count);
        foreach ((int first, int second) in NearCopies.Find(distinct, (first, second) => SetsOf(first, second).AreOne(first, second), cancellationToken))
        {
            SetsOf(first, second).Join(first, second);
        }

        // By a looser rule, which is wrong more often: nothing is grouped by it.
        DisjointSets looser = new(images.Count);
        foreach ((int first, int second) in NearCopies.FindAlike(distinct, (first, second) => Label(first) != Label(second) || alike.AreOne(first, second), cancellationToken))
        {
            looser.Join(first, second);
        }

        ImageSample[][] ofOneLabel = Groups(alike);
        ImageSample[][] inTwoParts = [.. ofOneLabel.Where(HasTwoParts)];
        ImageSample[][] inOnePart = [.. ofOneLabel.Where(group => !HasTwoParts(group))];
        AddGroups(findings, DiagnosticIds.NearCopiesUnderTwoLabels, DiagnosticSeverity.Warning, Groups(underOthers), group =>
            $"Images that look alike stand under the labels {NameList.Join(group.Select(image => image.Label).Distinct(StringComparer.Ordinal))}: look whether one of the labels is wrong.");
        AddGroups(findings, "near-copies-across-parts", DiagnosticSeverity.Warning, inTwoParts, group =>
            FormattableString.Invariant($"{group.Length} images of '{group[0].Label}' look alike and stand in different parts: if they show one thing, a model is measured on nearly what it was trained on, so keep them in one part."));
        AddGroups(findings, DiagnosticIds.NearCopies, DiagnosticSeverity.Note, inOnePart, group =>
            FormattableString.Invariant($"{group.Length} images of '{group[0].Label}' look alike (resized, compressed anew, cropped a little, mirrored or taken twice) and count for little more than one."));

        AddGroups(findings, "like-images", DiagnosticSeverity.Warning, Groups(looser), group =>
            FormattableString.Invariant($"{group.Length} images of '{group[0].Label}' may show one thing, cropped or changed more than a little, and are not kept together: if they do, give them one group."));

        DisjointSets SetsOf(int first, int second) => Label(first) == Label(second) ? alike : underOthers;

        string Label(int image) => images[image].Sample.Label;

        ImageSample[][] Groups(DisjointSets sets) => [.. sets.Sets.Where(set => set.Count > 1).Select(set => set.Select(image => images[image].Sample).ToArray())];
    }

    private static bool HasTwoParts(ImageSample[] group) => Array.Exists(group, image => image.Given != group[0].Given);

    // A dataset of bursts or of frames of videos has hundreds of groups, which are told at once.
    private static void AddGroups(FindingList findings, string check, DiagnosticSeverity severity, ImageSample[][] groups, Func<ImageSample[], string> describe)
    {
        ImageSample[] all = [.. groups.SelectMany(group => group)];
        if (findings.IsTrait(all.Length) && groups.Length > 1)
        {
            findings.AddImages(check, DiagnosticSeverity.Warning, all, string.Create(
                CultureInfo.InvariantCulture, $"{findings.Images(all.Length)} look like others, in {groups.Length:N0} groups. Of the first: {describe(groups[0])}"));
            return;
        }

        foreach (ImageSample[] group in groups)
        {
            findings.AddListed(check, severity, group, describe(group));
        }
    }
}
