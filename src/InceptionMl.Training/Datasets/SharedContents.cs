using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// Brings each content that stands under several labels to one part: test if it is that in one class, or else validation. Otherwise a model
/// would be trained on what it is tested with, under another label. Where a class would then have nothing to train on, one is in train everywhere.
/// </summary>
internal sealed class SharedContents
{
    private readonly SortedDictionary<ContentHash, SortedSet<string>> labels = [];
    private readonly Dictionary<ContentHash, SplitPart> parts = [];

    public SharedContents(IReadOnlyList<SplitItem> items)
    {
        Dictionary<ContentHash, string> first = [];
        foreach (SplitItem item in items)
        {
            if (!first.TryAdd(item.Hash, item.Sample.Label) && first[item.Hash] != item.Sample.Label)
            {
                labels.TryAdd(item.Hash, new SortedSet<string>(StringComparer.Ordinal) { first[item.Hash] });
                labels[item.Hash].Add(item.Sample.Label);
            }
        }
    }

    /// <summary>Gets the part that each content brought so far belongs to.</summary>
    public IReadOnlyDictionary<ContentHash, SplitPart> Parts => parts;

    /// <summary>Looks at the classes as they are split by <see cref="Parts"/>, and brings what still stands in two parts to one.</summary>
    /// <returns>The classes to split anew; none if all is settled. It ends: a content goes on to validation, to test, to train, never back.</returns>
    public IReadOnlySet<string> Settle(IReadOnlyDictionary<string, ClassSplit> classes)
    {
        SortedSet<string> changed = new(StringComparer.Ordinal);
        foreach ((ContentHash content, SortedSet<string> names) in labels)
        {
            if (Target(content, [.. names.Select(name => classes[name])]) is { } target)
            {
                parts[content] = target;
                changed.UnionWith(names);
            }
        }

        if (changed.Count > 0)
        {
            return changed;
        }

        IEnumerable<string> bare = classes.Where(entry => entry.Value.HasNoTraining).Select(entry => entry.Key);
        foreach (ContentHash spared in bare.Select(label => LastToSpare(label, classes)).OfType<ContentHash>().Take(1))
        {
            parts[spared] = SplitPart.Train;
            changed.UnionWith(labels[spared]);
        }

        return changed;
    }

    /// <summary>Where a content belongs; null where it stands as it must.</summary>
    private SplitPart? Target(ContentHash content, ClassSplit[] classes)
    {
        SplitPart[] free = [.. classes.Select(split => split.FreePart(content)).OfType<SplitPart>()];
        if (free.Length == 0 || (parts.TryGetValue(content, out SplitPart settled) && settled == SplitPart.Train))
        {
            return null;
        }

        // A given part is kept. What is given to train and elsewhere held out is warned of.
        bool isGivenToTrain = free.Length < classes.Length;
        if (isGivenToTrain && classes.Any(split => split.FreePart(content) is null && split.HoldsOut(content)))
        {
            return null;
        }

        SplitPart target = isGivenToTrain ? SplitPart.Train : free.Max();
        return free.All(part => part == target) ? null : target;
    }

    /// <summary>Of the contents that a class lost to a held-out part by its copies elsewhere, the one with the highest draw.</summary>
    private ContentHash? LastToSpare(string label, IReadOnlyDictionary<string, ClassSplit> classes)
    {
        ContentHash[] lost =
        [
            .. labels.Where(content => content.Value.Contains(label)
                && parts.TryGetValue(content.Key, out SplitPart part) && part != SplitPart.Train
                && content.Value.All(name => classes[name].FreePart(content.Key) is not null)).Select(content => content.Key),
        ];
        return lost.Length == 0 ? null : lost[^1];
    }
}
