using InceptionMl.Internal;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// Which images of a dataset stay in one part and in one fold: copies, near-copies of one label, and those that are given one group. An image
/// that a head is judged by must not be told by its copy.
/// </summary>
internal sealed class ImageGroups
{
    // Beyond it a class is little more than one picture.
    private const double LargeShare = 0.2;

    // Below it copies hardly matter, as they stay together.
    private const double FewShare = 0.01;

    private readonly IReadOnlyList<ImageSample> samples;
    private readonly int[][] copies;
    private readonly int[] copiesOf;
    private readonly (int First, int Second)? example;
    private readonly SortedSet<int> underOtherLabels;

    private ImageGroups(
        IReadOnlyList<ImageSample> samples, SplitUnit[] units, DisjointSets copies, (int First, int Second)? example, SortedSet<int> underOtherLabels)
    {
        this.samples = samples;
        this.example = example;
        this.underOtherLabels = underOtherLabels;
        Units = units;
        this.copies = [.. copies.Sets.Where(set => set.Count > 1).Select(set => set.ToArray())];
        copiesOf = new int[samples.Count];
        Array.Fill(copiesOf, -1);
        for (int set = 0; set < this.copies.Length; set++)
        {
            Array.ForEach(this.copies[set], image => copiesOf[image] = set);
        }
    }

    /// <summary>Gets what each image is split with.</summary>
    public IReadOnlyList<SplitUnit> Units { get; }

    /// <summary>Groups images.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="hashes">The content of each.</param>
    /// <param name="fingerprints">What each looks like; none where near-copies do not count.</param>
    /// <param name="drawn">The contents by whose hashes others are drawn; null for none.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static ImageGroups Create(
        IReadOnlyList<ImageSample> samples,
        IReadOnlyList<ContentHash> hashes,
        IReadOnlyList<ImageFingerprint> fingerprints,
        IReadOnlyDictionary<ContentHash, ContentHash>? drawn = null,
        CancellationToken cancellationToken = default)
    {
        DisjointSets copies = new(samples.Count);
        copies.JoinEqual(hashes);
        HashSet<ContentHash> seen = [];
        ImageFingerprint?[] distinct = [.. fingerprints.Select((fingerprint, i) => seen.Add(hashes[i]) ? fingerprint : null)];
        (int First, int Second)? example = null;
        SortedSet<int> underOtherLabels = [];
        foreach ((int first, int second) in NearCopies.Find(distinct, IsKnown, cancellationToken))
        {
            if (samples[first].Label == samples[second].Label)
            {
                example ??= (first, second);
                copies.Join(first, second);
            }
            else
            {
                underOtherLabels.Add(first);
                underOtherLabels.Add(second);
            }
        }

        return new ImageGroups(samples, UnitsOf(samples, [.. hashes.Select(hash => drawn?.TryGetValue(hash, out ContentHash first) == true ? first : hash)], copies), copies, example, underOtherLabels);

        bool IsKnown(int first, int second) => samples[first].Label == samples[second].Label
            ? copies.AreOne(first, second)
            : underOtherLabels.Contains(first) && underOtherLabels.Contains(second);
    }

    /// <summary>Says what a person should know of the copies.</summary>
    /// <param name="parts">The part of each image.</param>
    /// <param name="fractions">What an image's own content would be drawn by.</param>
    /// <param name="hashes">The content of each.</param>
    public IEnumerable<Diagnostic> Diagnose(IReadOnlyList<SplitPart> parts, SplitFractions fractions, IReadOnlyList<ContentHash> hashes)
    {
        if (copies.Length > 0)
        {
            (int first, int second) = example ?? (copies[0][0], copies[0][1]);
            int images = copies.Sum(set => set.Length);
            int moved = copies.Sum(set => set.Count(image => samples[image].Given is null && fractions.PartOf(hashes[image].Draw) != parts[image]));
            string groups = copies.Length == 1 ? "1 group" : FormattableString.Invariant($"{copies.Length} groups, the largest");
            string message = FormattableString.Invariant(
                $"{images} images are copies or near-copies of others ({groups} of {copies.Max(set => set.Length)}), such as {NameList.Join([samples[first].Path, samples[second].Path])}. A group stays in one part and one fold; for that {moved} are in another part than their content alone says.");
            yield return images - copies.Length < FewShare * samples.Count
                ? Diagnostic.Note(DiagnosticIds.NearCopies, message)
                : Diagnostic.Warning(DiagnosticIds.NearCopies, message);
        }

        Dictionary<string, int> sizes = samples.CountBy(sample => sample.Label).ToDictionary(StringComparer.Ordinal);
        string[] large =
        [
            .. copies.Where(set => set.Length > LargeShare * sizes[samples[set[0]].Label]).Select(set => FormattableString.Invariant(
                $"{samples[set[0]].Label} ({set.Length} of {sizes[samples[set[0]].Label]} images, such as {samples[set[0]].Path})")),
        ];
        if (large.Length > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.LargeGroups, $"Copies and near-copies of one image are more than a fifth of a class: {NameList.Join(large)}. Add other images of it.");
        }

        if (underOtherLabels.Count > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.NearCopiesUnderTwoLabels, FormattableString.Invariant(
                $"Images with a near-copy under another label ({underOtherLabels.Count}), which are not kept in one part; look whether one of the labels is wrong: {NameList.Join(underOtherLabels.Select(image => samples[image].Path))}."));
        }
    }

    /// <summary>Finds the test images with a copy or near-copy in another part, which only happens where parts are given.</summary>
    /// <param name="parts">The part of each image.</param>
    public IReadOnlyList<int> TestImagesWithCopies(IReadOnlyList<SplitPart> parts) =>
    [
        .. Enumerable.Range(0, samples.Count).Where(image =>
            parts[image] == SplitPart.Test && copiesOf[image] >= 0 && copies[copiesOf[image]].Any(copy => parts[copy] != SplitPart.Test)),
    ];

    private static SplitUnit[] UnitsOf(IReadOnlyList<ImageSample> samples, IReadOnlyList<ContentHash> hashes, DisjointSets copies)
    {
        DisjointSets groups = copies.Clone();
        groups.JoinEqual(samples.Select(sample => sample.Group));
        SplitUnit[] units = new SplitUnit[samples.Count];
        foreach (IReadOnlyList<int> set in groups.Sets)
        {
            ContentHash[] contents = [.. set.Select(image => hashes[image]).Distinct()];
            SplitUnit unit = SplitUnit.FromContents(contents.Min(), contents.Length);
            foreach (int image in set)
            {
                units[image] = unit;
            }
        }

        return units;
    }
}
