namespace InceptionMl.Training;

/// <summary>Splits rows into folds for cross-validation.</summary>
internal static class Folds
{
    /// <summary>The number of folds where nobody says another.</summary>
    public const int Count = 5;

    /// <summary>
    /// A fold per row, the rows of each class dealt out evenly in an order drawn from the seed. Rows of one group go together; the
    /// largest groups go first, each to the fold that has least of its classes.
    /// </summary>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="count">Folds.</param>
    /// <param name="groups">The group of each row; null gives every row its own.</param>
    public static int[] Stratified(ReadOnlySpan<int> labels, int classes, int seed, int count = Count, int[]? groups = null)
    {
        Random random = new(seed);
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        random.Shuffle(order);
        return groups is null ? Deal(labels, classes, order, count) : DealGroups(labels, classes, order, count, groups);
    }

    private static int[] Deal(ReadOnlySpan<int> labels, int classes, int[] order, int count)
    {
        int[] folds = new int[labels.Length];
        int[] next = new int[classes];

        // Classes start at different folds, so that classes of one row each do not all land in the same.
        for (int c = 0; c < classes; c++)
        {
            next[c] = c % count;
        }

        foreach (int row in order)
        {
            folds[row] = next[labels[row]]++ % count;
        }

        return folds;
    }

    private static int[] DealGroups(ReadOnlySpan<int> labels, int classes, int[] order, int count, int[] groups)
    {
        int[] ofClass = new int[classes];
        foreach (int label in labels)
        {
            ofClass[label]++;
        }

        int[][] dealt = [.. Enumerable.Range(0, count).Select(_ => new int[classes])];
        int[] sizes = new int[count];
        int[] folds = new int[labels.Length];
        foreach (int[] rows in order.GroupBy(row => groups[row]).Select(group => group.ToArray()).OrderByDescending(rows => rows.Length))
        {
            int[] members = new int[rows.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                members[i] = labels[rows[i]];
            }

            int fold = Enumerable.Range(0, count)
                .OrderBy(f => members.Sum(c => (double)dealt[f][c] / ofClass[c]))
                .ThenBy(f => sizes[f])
                .First();
            sizes[fold] += rows.Length;
            for (int i = 0; i < rows.Length; i++)
            {
                folds[rows[i]] = fold;
                dealt[fold][members[i]]++;
            }
        }

        return folds;
    }
}
