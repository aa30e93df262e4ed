namespace InceptionMl.Training.Heads;

/// <summary>Splits rows into folds for cross-validation.</summary>
internal static class Folds
{
    /// <summary>The number of folds.</summary>
    public const int Count = 5;

    /// <summary>A fold per row, the rows of each class dealt out evenly in an order drawn from the seed.</summary>
    public static int[] Stratified(ReadOnlySpan<int> labels, int classes, int seed)
    {
        Random random = new(seed);
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        random.Shuffle(order);
        int[] folds = new int[labels.Length];
        int[] next = new int[classes];

        // Classes start at different folds, so that classes of one row each do not all land in the same.
        for (int c = 0; c < classes; c++)
        {
            next[c] = c % Count;
        }

        foreach (int row in order)
        {
            folds[row] = next[labels[row]]++ % Count;
        }

        return folds;
    }
}
