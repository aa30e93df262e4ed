using InceptionMl.Internal;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>How the classes of a dataset differ from those of an earlier version of it, told by the contents of the images.</summary>
/// <param name="Appeared">Classes there were not, in ordinal order; those that are renamed ones are not among them.</param>
/// <param name="Vanished">Classes there are no more, in ordinal order; those that were renamed are not among them.</param>
/// <param name="Renamed">New name by old name.</param>
internal sealed record ClassChanges(IReadOnlyList<string> Appeared, IReadOnlyList<string> Vanished, IReadOnlyDictionary<string, string> Renamed)
{
    /// <summary>
    /// Compares. A class is renamed where it is gone, most of its images that are still there stand under one new class, and most
    /// of the images of that class that were there before come from it.
    /// </summary>
    /// <param name="before">Label by content, as it was.</param>
    /// <param name="now">Label by content, as it is.</param>
    public static ClassChanges Between(IReadOnlyDictionary<ContentHash, string> before, IReadOnlyDictionary<ContentHash, string> now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        SortedSet<string> vanished = new(before.Values.Except(now.Values), StringComparer.Ordinal);
        SortedSet<string> appeared = new(now.Values.Except(before.Values), StringComparer.Ordinal);
        var moves = before
            .Where(image => now.ContainsKey(image.Key))
            .Select(image => (From: image.Value, To: now[image.Key]))
            .ToArray();
        SortedDictionary<string, string> renamed = new(StringComparer.Ordinal);
        foreach (string old in vanished)
        {
            string[] targets = [.. moves.Where(move => move.From == old).Select(move => move.To)];
            if (Majority(targets) is { } target
                && appeared.Contains(target)
                && Majority([.. moves.Where(move => move.To == target).Select(move => move.From)]) == old)
            {
                renamed.Add(old, target);
            }
        }

        vanished.ExceptWith(renamed.Keys);
        appeared.ExceptWith(renamed.Values);
        return new ClassChanges([.. appeared], [.. vanished], renamed);
    }

    /// <summary>The name a class goes by now.</summary>
    /// <param name="label">The name it had.</param>
    public string NameNow(string label) => Renamed.GetValueOrDefault(CanonicalText.Compose(label), CanonicalText.Compose(label));

    /// <summary>The label that more than half of all have; null where there is none.</summary>
    private static string? Majority(string[] labels) => labels.CountBy(label => label)
        .Where(label => 2 * label.Value > labels.Length)
        .Select(label => label.Key)
        .SingleOrDefault();
}
