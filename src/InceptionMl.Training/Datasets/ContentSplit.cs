using InceptionMl.Internal;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// Splits a dataset by the content of its files, class by class. With u = first 8 bytes of the SHA-256 of the file, big-endian,
/// / 2^64: test where u &lt; T, validation where T &lt;= u &lt; T + V (the double nearest to the sum), train otherwise. So a split
/// stays put when the folder grows, copies land on one side, and no seed moves it. A group of contents is one unit: its smallest hash decides.
/// <para>
/// A class with less than half its share of the test is filled up to that, by the lowest draws; one with no image in validation gives it the
/// unit with the lowest draw outside test. A group that would take more than the share is left out, unless the part has nothing else.
/// One unit always stays in train: where none would, validation, then test, is left without; where the draw put all outside, train
/// takes the unit with the highest draw from the larger of the two, from validation if they are equal.
/// </para>
/// <para>
/// A unit with images of several labels that is drawn to test in one class is in test in all, or else in validation, so that no copy of
/// a test image is trained on; only where that would leave a class with nothing to train on, it is in train in all.
/// </para>
/// <para>
/// A given part is kept. Images without one are drawn as above, but those of a unit with an image that has one follow it. In a class
/// where every image has a part, a test or validation part that nothing in the dataset is given to is drawn from train.
/// </para>
/// </summary>
internal static class ContentSplit
{
    /// <summary>Assigns each image its part.</summary>
    /// <param name="items">The images that can be read, in any order: the order does not matter to the split.</param>
    /// <param name="fractions">How much to hold out; a tenth for each part where null.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops it.</param>
    /// <exception cref="DatasetException">Given parts leave a class without an image to train on.</exception>
    public static SplitResult Assign(IReadOnlyList<SplitItem> items, SplitFractions? fractions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        return Assign(items, fractions ?? new SplitFractions(), new HashSet<ContentHash>(), cancellationToken);
    }

    /// <summary>Assigns each image its part, where some contents belong to the test part whatever the rule and the given parts say.</summary>
    /// <param name="items">The images that can be read, in any order.</param>
    /// <param name="fractions">How much of the others to hold out.</param>
    /// <param name="frozen">The contents that are in test.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops it.</param>
    /// <exception cref="DatasetException">A class is left without an image to train on.</exception>
    internal static SplitResult Assign(
        IReadOnlyList<SplitItem> items, SplitFractions fractions, IReadOnlySet<ContentHash> frozen, CancellationToken cancellationToken = default)
    {
        HashSet<SplitPart> givenParts = [.. items.Select(item => item.Sample.Given).OfType<SplitPart>()];
        Dictionary<SplitUnit, SplitPart> known = GivenUnits(items, frozen);
        Dictionary<string, SplitItem[]> byClass = items
            .GroupBy(item => item.Sample.Label, StringComparer.Ordinal)
            .ToDictionary(ofClass => ofClass.Key, ofClass => ofClass.ToArray());
        SortedDictionary<string, ClassSplit> classes = new(StringComparer.Ordinal);
        SharedUnits shared = new(items);
        for (IEnumerable<string> labels = [.. byClass.Keys]; labels.Any(); labels = shared.Settle(classes))
        {
            foreach (string label in labels)
            {
                cancellationToken.ThrowIfCancellationRequested();
                classes[label] = new ClassSplit(byClass[label], known, givenParts, frozen, shared.Parts, fractions);
            }
        }

        string[] untrained = [.. classes.Where(entry => entry.Value.HasNoTraining).Select(entry => entry.Key)];
        if (untrained.Length > 0)
        {
            throw new DatasetException(items.Any(item => frozen.Contains(item.Hash) && untrained.Contains(item.Sample.Label, StringComparer.Ordinal))
                ? $"The frozen test part leaves no image to train {DatasetChecks.Classes(untrained)}; add some images or remove the class."
                : $"No readable image is left to train {DatasetChecks.Classes(untrained)}; add some to the train part or remove the class from the other parts.")
            { Reason = DatasetErrorReason.TooFewImages };
        }

        SplitPart[] parts = [.. items.Select(item => classes[item.Sample.Label].PartOf(item))];
        return new SplitResult(parts, [.. OfClasses(classes), .. OfContents(items)]);
    }

    /// <summary>The part each unit is given to; held out wins, so that no copy of a test image is trained on by the rule.</summary>
    private static Dictionary<SplitUnit, SplitPart> GivenUnits(IReadOnlyList<SplitItem> items, IReadOnlySet<ContentHash> frozen)
    {
        Dictionary<SplitUnit, SplitPart> known = [];
        foreach (SplitItem item in items)
        {
            SplitPart? given = frozen.Contains(item.Hash) ? SplitPart.Test : item.Sample.Given;
            if (given is { } part && (!known.TryGetValue(item.Unit, out SplitPart earlier) || part > earlier))
            {
                known[item.Unit] = part;
            }
        }

        return known;
    }

    private static IEnumerable<Diagnostic> OfClasses(SortedDictionary<string, ClassSplit> classes)
    {
        foreach (SplitPart part in (SplitPart[])[SplitPart.Test, SplitPart.Validation])
        {
            string name = part.ToString().ToLowerInvariant();
            if (Where(classes, split => split.Filled.Contains(part)) is { Count: > 0 } filled)
            {
                yield return Diagnostic.Warning(DiagnosticIds.ImageMovedToPart, $"By content, no image of {filled.Count} {Noun(filled)} fell into the {name} part; one image of each was moved there: {NameList.Join(filled)}.");
            }

            string[] raised =
            [
                .. classes.Where(entry => entry.Value.Raised.ContainsKey(part)).Select(entry => FormattableString.Invariant($"{entry.Key} ({entry.Value.Raised[part]})")),
            ];
            if (raised.Length > 0)
            {
                yield return Diagnostic.Warning(DiagnosticIds.ImageMovedToPart, $"The {name} part would have less than half of its share of {raised.Length} {Noun(raised)} by content, so images were moved there: {NameList.Join(raised)}.");
            }

            if (Where(classes, split => split.LeftWithout.Contains(part)) is { Count: > 0 } without)
            {
                yield return Diagnostic.Warning(DiagnosticIds.ClassMissingInPart, $"The {name} part has no image of {without.Count} {Noun(without)}: {NameList.Join(without)}; add images.");
            }
        }

        if (Where(classes, split => split.TrainingTookOne) is { Count: > 0 } taken)
        {
            yield return Diagnostic.Warning(DiagnosticIds.ImageMovedToPart, $"By content, no image of {taken.Count} {Noun(taken)} fell into the train part; one image of each was moved there: {NameList.Join(taken)}.");
        }
    }

    private static List<string> Where(SortedDictionary<string, ClassSplit> classes, Func<ClassSplit, bool> condition) =>
        [.. classes.Where(entry => condition(entry.Value)).Select(entry => entry.Key)];

    private static string Noun(IReadOnlyCollection<string> labels) => labels.Count == 1 ? "class" : "classes";

    private static IEnumerable<Diagnostic> OfContents(IReadOnlyList<SplitItem> items)
    {
        HashSet<ContentHash> trained = [];
        HashSet<ContentHash> heldOut = [];
        foreach (SplitItem item in items)
        {
            if (item.Sample.Given is { } part)
            {
                (part == SplitPart.Train ? trained : heldOut).Add(item.Hash);
            }
        }

        trained.IntersectWith(heldOut);
        if (trained.Count > 0)
        {
            yield return Diagnostic.Warning(DiagnosticIds.ContentsInTwoParts, $"Contents that are given both to train and to test or validation ({trained.Count}), so that accuracy will look better than it is: {Paths(items, trained)}.");
        }
    }

    private static string Paths(IReadOnlyList<SplitItem> items, HashSet<ContentHash> contents) =>
        NameList.Join(items.Where(item => contents.Contains(item.Hash)).Select(item => item.Sample.Path).Order(StringComparer.Ordinal));
}
