namespace InceptionMl.Training;

/// <summary>The rows of a search and which of them judge: folds in turn, or the validation rows alone.</summary>
internal sealed class HoldoutSet
{
    private HoldoutSet(HeadTrainingSet rows, int[] foldOfRow, int count, bool areFolds, double fittedShare)
    {
        Rows = rows;
        FoldOfRow = foldOfRow;
        AreFolds = areFolds;
        FittedShare = fittedShare;
        float[] all = rows.AllWeights();
        Weights = new float[]?[count];
        for (int fold = 0; fold < count; fold++)
        {
            float[] fitted = [.. all.Select((weight, row) => foldOfRow[row] == fold ? 0 : weight)];
            float left = fitted.Sum();
            Weights[fold] = left > 0 && left < all.Sum() ? fitted : null;
        }
    }

    /// <summary>Gets the train rows, then validation rows.</summary>
    public HeadTrainingSet Rows { get; }

    /// <summary>Gets the fold of each row; -1 of a row that never judges.</summary>
    public int[] FoldOfRow { get; }

    /// <summary>Gets a value that indicates whether folds judge, rather than the validation rows.</summary>
    public bool AreFolds { get; }

    /// <summary>Gets the share of the rows, by weight, that a candidate is fitted on.</summary>
    public double FittedShare { get; }

    /// <summary>Gets the weights to fit with while a fold is held out; null for a fold that cannot judge.</summary>
    public float[]?[] Weights { get; }

    /// <summary>Null if nothing can be held out.</summary>
    public static HoldoutSet? Create(HeadTrainingSet train, HeadTrainingSet validation, int classes, HeadOptions options)
    {
        HeadTrainingSet rows = validation.Rows.Length == 0 ? train : train.With(validation);
        HoldoutSet held = options.Folds == 0 && validation.Rows.Length >= Math.Max(1, options.Heads.CrossValidationBelow)
            ? ByValidation(rows, train)
            : ByFolds(rows, classes, options);
        return Array.TrueForAll(held.Weights, weights => weights is null) ? null : held;
    }

    private static HoldoutSet ByValidation(HeadTrainingSet rows, HeadTrainingSet train)
    {
        int[] foldOfRow = [.. Enumerable.Range(0, rows.Rows.Length).Select(row => row < train.Rows.Length ? -1 : 0)];
        return new HoldoutSet(rows, foldOfRow, 1, false, train.AllWeights().Sum() / (double)rows.AllWeights().Sum());
    }

    private static HoldoutSet ByFolds(HeadTrainingSet rows, int classes, HeadOptions options)
    {
        int groups = rows.Groups?.Distinct().Count() ?? rows.Rows.Length;
        int count = Math.Min(options.Folds == 0 ? Folds.Count : options.Folds, groups);
        int[] foldOfRow = Folds.Stratified(rows.Labels, classes, options.Settings.Seed, count, rows.Groups);
        return new HoldoutSet(rows, foldOfRow, count, true, (count - 1.0) / count);
    }
}
