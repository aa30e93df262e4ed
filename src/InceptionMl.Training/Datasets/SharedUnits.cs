namespace InceptionMl.Training.Datasets;

/// <summary>
/// Brings each unit that has images of several labels to one part: test if it is that in one class, or else validation. Otherwise a model
/// would be trained on what it is tested with, under another label. Where a class would then have nothing to train on, one is in train everywhere.
/// </summary>
internal sealed class SharedUnits
{
    private readonly SortedDictionary<SplitUnit, SortedSet<string>> labels = [];
    private readonly Dictionary<SplitUnit, SplitPart> parts = [];

    public SharedUnits(IReadOnlyList<SplitItem> items)
    {
        Dictionary<SplitUnit, string> first = [];
        foreach (SplitItem item in items)
        {
            if (!first.TryAdd(item.Unit, item.Sample.Label) && first[item.Unit] != item.Sample.Label)
            {
                labels.TryAdd(item.Unit, new SortedSet<string>(StringComparer.Ordinal) { first[item.Unit] });
                labels[item.Unit].Add(item.Sample.Label);
            }
        }
    }

    /// <summary>Gets the part that each unit brought so far belongs to.</summary>
    public IReadOnlyDictionary<SplitUnit, SplitPart> Parts => parts;

    /// <summary>Looks at the classes as they are split by <see cref="Parts"/>, and brings what still stands in two parts to one.</summary>
    /// <returns>The classes to split anew; none if all is settled. It ends: a unit goes on to validation, to test, to train, never back.</returns>
    public IReadOnlySet<string> Settle(IReadOnlyDictionary<string, ClassSplit> classes)
    {
        SortedSet<string> changed = new(StringComparer.Ordinal);
        foreach ((SplitUnit unit, SortedSet<string> names) in labels)
        {
            if (Target(unit, [.. names.Select(name => classes[name])]) is { } target)
            {
                parts[unit] = target;
                changed.UnionWith(names);
            }
        }

        if (changed.Count > 0)
        {
            return changed;
        }

        IEnumerable<string> bare = classes.Where(entry => entry.Value.HasNoTraining).Select(entry => entry.Key);
        foreach (SplitUnit spared in bare.Select(label => LastToSpare(label, classes)).OfType<SplitUnit>().Take(1))
        {
            parts[spared] = SplitPart.Train;
            changed.UnionWith(labels[spared]);
        }

        return changed;
    }

    /// <summary>Where a unit belongs; null where it stands as it must.</summary>
    private SplitPart? Target(SplitUnit unit, ClassSplit[] classes)
    {
        SplitPart[] free = [.. classes.Select(split => split.FreePart(unit)).OfType<SplitPart>()];
        if (free.Length == 0 || (parts.TryGetValue(unit, out SplitPart settled) && settled == SplitPart.Train))
        {
            return null;
        }

        // A given part is kept. What is given to train and elsewhere held out is warned of.
        bool isGivenToTrain = free.Length < classes.Length;
        if (isGivenToTrain && classes.Any(split => split.FreePart(unit) is null && split.HoldsOut(unit)))
        {
            return null;
        }

        SplitPart target = isGivenToTrain ? SplitPart.Train : free.Max();
        return free.All(part => part == target) ? null : target;
    }

    /// <summary>Of the units that a class lost to a held-out part by its copies elsewhere, the one with the highest draw.</summary>
    private SplitUnit? LastToSpare(string label, IReadOnlyDictionary<string, ClassSplit> classes)
    {
        SplitUnit[] lost =
        [
            .. labels.Where(unit => unit.Value.Contains(label)
                && parts.TryGetValue(unit.Key, out SplitPart part) && part != SplitPart.Train
                && unit.Value.All(name => classes[name].FreePart(unit.Key) is not null)).Select(unit => unit.Key),
        ];
        return lost.Length == 0 ? null : lost[^1];
    }
}
