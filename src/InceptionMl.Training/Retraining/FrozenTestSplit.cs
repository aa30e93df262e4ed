using InceptionMl.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>A dataset beside what a registry remembers of it: the frozen test images, and the images of the latest version.</summary>
internal sealed class FrozenTestSplit
{
    private readonly FrozenTest frozen;
    private readonly ClassChanges changes;
    private readonly FrozenSplit split;
    private readonly bool accepts;
    private readonly Twins twins;
    private readonly IReadOnlyList<VersionImage> latest;

    private FrozenTestSplit(
        FrozenTest frozen, IReadOnlyList<VersionImage>? latest, Twins twins, ClassChanges changes, FrozenSplit split, LabeledFeatures found, bool accepts)
    {
        this.frozen = frozen;
        this.changes = changes;
        this.split = split;
        this.accepts = accepts;
        this.twins = twins;
        this.latest = latest ?? [];
        Images = (found with { Samples = split.Samples }).Without(split.SetAside).WithoutDoubtfulLabels();
        Frozen = Enumerable.Range(0, Images.Readable).Where(i => frozen.Contains(twins.Origin(Images.Hashes[i]))).ToHashSet();
    }

    /// <summary>The images to train on and to measure on, the frozen ones under the labels they count with.</summary>
    public LabeledFeatures Images { get; }

    /// <summary>The places of the frozen ones among <see cref="Images"/>.</summary>
    public IReadOnlySet<int> Frozen { get; }

    /// <summary>What should be mended in the dataset: once they count under one label, the copies of a test image no longer show it.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; private init; } = [];

    /// <summary>How the dataset differs from the latest version's; null where there is no version.</summary>
    public DatasetChanges? Changes { get; private init; }

    /// <summary>Holds a dataset against what a registry remembers.</summary>
    /// <exception cref="DatasetException">A class has no images but frozen ones that count under other labels.</exception>
    public static FrozenTestSplit Create(RegistryHistory known, LabeledFeatures found, Twins twins, bool acceptRelabels)
    {
        (FrozenTest frozen, IReadOnlyList<VersionImage>? latest, _) = known;
        Dictionary<ContentHash, string> now = ContentLabels.Create(found);
        ClassChanges changes = ClassChanges.Between(ContentLabels.Create(latest ?? []), now);
        if (latest is null)
        {
            changes = new ClassChanges([], [], changes.Renamed);
        }

        Dictionary<ContentHash, string> labels = frozen.Images.ToDictionary(image => image.Hash, image => image.Label);
        FrozenSplit split = FrozenSplit.Hold(found.Samples, found.Hashes, labels, twins, changes, acceptRelabels);
        RequireImages(found, split);
        return new FrozenTestSplit(frozen, latest, twins, changes, split, found, acceptRelabels)
        {
            Diagnostics = [.. UnderTwoLabels(found, split)],
            Changes = latest is null ? null : Compare(latest, found, now, changes, split, acceptRelabels),
        };
    }

    /// <summary>The frozen test images after this run: twins in the place of images that are gone, renamed classes by their new names, accepted labels, and the new test images.</summary>
    /// <param name="parts">The part of each of <see cref="Images"/>.</param>
    /// <param name="version">The version that the new ones are frozen for.</param>
    public FrozenTest Freeze(IReadOnlyList<SplitPart> parts, string version)
    {
        FrozenTest after = frozen;
        foreach (FrozenImage image in frozen.Images.Where(image => changes.NameNow(image.Label) != image.Label).ToArray())
        {
            after = after.Relabel(image.Hash, changes.NameNow(image.Label));
        }

        if (accepts)
        {
            foreach (int i in Frozen)
            {
                after = after.Relabel(twins.Origin(Images.Hashes[i]), Images.Samples[i].Label);
            }
        }

        HashSet<ContentHash> there = [.. Images.Hashes];
        foreach (int i in Frozen)
        {
            (ContentHash twin, ContentHash origin) = (Images.Hashes[i], twins.Origin(Images.Hashes[i]));
            after = there.Contains(origin) ? after : after.Replace(origin, twin);
        }

        return after.Extend(
            Enumerable.Range(0, parts.Count).Where(i => parts[i] == SplitPart.Test).Select(i => (Images.Hashes[i], Images.Samples[i].Label)), version);
    }

    /// <summary>Says how many images are in another part than in the latest version.</summary>
    /// <param name="parts">The part of each of <see cref="Images"/>.</param>
    public IEnumerable<Diagnostic> Moves(IReadOnlyList<SplitPart> parts)
    {
        Dictionary<ContentHash, SplitPart> before = [];
        foreach (VersionImage image in latest)
        {
            before.TryAdd(image.Hash, image.Part);
        }

        (string Move, int Images)[] moves =
        [
            .. Enumerable.Range(0, parts.Count).DistinctBy(i => Images.Hashes[i])
                .Where(i => before.TryGetValue(Images.Hashes[i], out SplitPart part) && part != parts[i])
                .CountBy(i => $"from {Name(before[Images.Hashes[i]])} to {Name(parts[i])}")
                .Select(move => (move.Key, move.Value))
                .OrderBy(move => move.Key, StringComparer.Ordinal),
        ];
        if (moves.Length > 0)
        {
            yield return Diagnostic.Note(DiagnosticIds.ImagesMoved, FormattableString.Invariant(
                $"Images in another part than in the latest version: {moves.Sum(move => move.Images)} ({string.Join(", ", moves.Select(move => FormattableString.Invariant($"{move.Images} {move.Move}")))})."));
        }

        static string Name(SplitPart part) => part.ToString().ToLowerInvariant();
    }

    private static void RequireImages(LabeledFeatures found, FrozenSplit split)
    {
        string[] bare =
        [
            .. found.Samples.Select(sample => sample.Label).Distinct(StringComparer.Ordinal)
                .Except(split.Samples.Select(sample => sample.Label), StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
        if (bare.Length > 0)
        {
            throw new DatasetException(
                $"All images of {DatasetChecks.Classes(bare)} are frozen test images that count under the labels they were frozen with; add others.")
            { Reason = DatasetErrorReason.TooFewImages };
        }
    }

    private static IEnumerable<Diagnostic> UnderTwoLabels(LabeledFeatures found, FrozenSplit split)
    {
        string[][] copies =
        [
            .. split.Frozen.GroupBy(place => found.Hashes[place])
                .Where(of => of.Select(place => found.Samples[place].Label).Distinct(StringComparer.Ordinal).Skip(1).Any())
                .Select(of => of.Select(place => found.Samples[place].Path).ToArray()),
        ];
        if (copies.Length > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.ContentsUnderTwoLabels, FormattableString.Invariant(
                $"Frozen test images that stand under more than one label ({copies.Length}); keep the right one of each: {NameList.Join(copies.SelectMany(paths => paths).Order(StringComparer.Ordinal))}."));
        }
    }

    private static DatasetChanges Compare(
        IReadOnlyList<VersionImage> latest,
        LabeledFeatures found,
        Dictionary<ContentHash, string> now,
        ClassChanges changes,
        FrozenSplit split,
        bool accepts)
    {
        Dictionary<ContentHash, VersionImage> before = [];
        foreach (VersionImage image in latest)
        {
            before.TryAdd(image.Hash, image);
        }

        // Those set aside, or left out until they have one label, are in no version, and would be new in every run.
        HashSet<ContentHash> setAside = [.. split.SetAside.Select(place => found.Hashes[place]), .. DoubtfulLabels.Find(found.Hashes, split.Samples)];
        return new DatasetChanges(
            now.Keys.Count(hash => !before.ContainsKey(hash) && !setAside.Contains(hash)),
            before.Keys.Count(hash => !now.ContainsKey(hash)),
            before.Values.Count(image =>
                image.Part != SplitPart.Test && now.TryGetValue(image.Hash, out string? label) && label != changes.NameNow(image.Label)),
            changes.Appeared,
            changes.Vanished,
            changes.Renamed,
            split.Relabels,
            accepts,
            [.. split.SetAside.Select(place => found.Samples[place].Path)],
            split.Missing);
    }
}
