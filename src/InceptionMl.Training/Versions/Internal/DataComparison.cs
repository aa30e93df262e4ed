using InceptionMl.Models.Registry;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Versions.Internal;

/// <summary>
/// What became of the images between two versions, by content: a renamed file is no change. Exact copies count as one image, by the path
/// that comes first; where copies disagree, its label is all theirs, and its part the last of train, validation, test.
/// </summary>
public sealed record DataComparison
{
    /// <summary>Gets the images only the second version has, by path.</summary>
    public required IReadOnlyList<VersionImage> Added { get; init; }

    /// <summary>Gets the images only the first version has, by path.</summary>
    public required IReadOnlyList<VersionImage> Removed { get; init; }

    /// <summary>Gets the images of both with another label, by path.</summary>
    public required IReadOnlyList<ImageChange> Relabeled { get; init; }

    /// <summary>Gets the images of both in another part, by path.</summary>
    public required IReadOnlyList<ImageChange> Moved { get; init; }

    /// <summary>Gets how many images are the same in both.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Gets a value that indicates whether both versions were tested on the same images with the same labels, so that their figures may be set side by side.</summary>
    public required bool SameTest { get; init; }

    /// <summary>Compares two published versions.</summary>
    /// <exception cref="RegistryException">A <c>data.csv</c> is missing or damaged.</exception>
    public static DataComparison Create(ModelVersion before, ModelVersion after) => Create(VersionImages.Read(before), VersionImages.Read(after));

    /// <summary>Compares two lists of images.</summary>
    public static DataComparison Create(IReadOnlyList<VersionImage> before, IReadOnlyList<VersionImage> after)
    {
        Dictionary<ContentHash, VersionImage> first = ByContent(before);
        Dictionary<ContentHash, VersionImage> second = ByContent(after);
        ImageChange[] both = [.. second.Values.Where(image => first.ContainsKey(image.Hash)).Select(image => new ImageChange(first[image.Hash], image))];
        return new DataComparison
        {
            Added = Sorted(second.Values.Where(image => !first.ContainsKey(image.Hash)), image => image),
            Removed = Sorted(first.Values.Where(image => !second.ContainsKey(image.Hash)), image => image),
            Relabeled = Sorted(both.Where(change => change.Before.Label != change.After.Label), change => change.After),
            Moved = Sorted(both.Where(change => change.Before.Part != change.After.Part), change => change.After),
            Unchanged = both.Count(change => change.Before.Label == change.After.Label && change.Before.Part == change.After.Part),
            SameTest = Tested(first).SetEquals(Tested(second)),
        };
    }

    private static Dictionary<ContentHash, VersionImage> ByContent(IReadOnlyList<VersionImage> images) => images
        .GroupBy(image => image.Hash)
        .ToDictionary(copies => copies.Key, copies => new VersionImage(
            copies.Key,
            string.Join(", ", copies.Select(image => image.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            copies.Max(image => image.Part),
            copies.Select(image => image.Path).Min(StringComparer.Ordinal)!));

    private static HashSet<(ContentHash Hash, string Label)> Tested(Dictionary<ContentHash, VersionImage> images) =>
        [.. images.Values.Where(image => image.Part == SplitPart.Test).Select(image => (image.Hash, image.Label))];

    private static IReadOnlyList<T> Sorted<T>(IEnumerable<T> items, Func<T, VersionImage> image) =>
        [.. items.OrderBy(item => image(item).Path, StringComparer.Ordinal).ThenBy(item => image(item).Hash)];
}

/// <summary>An image that two versions both have, but not in the same way.</summary>
/// <param name="Before">How the first version had it.</param>
/// <param name="After">How the second has it.</param>
public sealed record ImageChange(VersionImage Before, VersionImage After);
