namespace InceptionMl.Training.Heads;

/// <summary>Splits rows into folds for cross-validation.</summary>
internal static class Folds
{
    /// <summary>The number of folds.</summary>
    public const int Count = 5;

    /// <summary>A fold per row; the groups of each class, by their first row's class, are dealt out evenly in an order drawn from the seed.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="groups">The group of each row.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="seed">Seed of the order.</param>
    public static int[] Stratified(ReadOnlySpan<int> labels, int[] groups, int classes, int seed)
    {
        Random random = new(seed);
        int[] order = [.. Enumerable.Range(0, labels.Length).DistinctBy(row => groups[row])];
        random.Shuffle(order);
        Dictionary<int, int> folds = [];
        int[] next = new int[classes];

        // Classes start at different folds, so that classes of one row each do not all land in the same.
        for (int c = 0; c < classes; c++)
        {
            next[c] = c % Count;
        }

        foreach (int row in order)
        {
            folds[groups[row]] = next[labels[row]]++ % Count;
        }

        return [.. groups.Select(group => folds[group])];
    }
}
