namespace InceptionMl.Training;

/// <summary>The rows that candidates are fitted on and those that judge them: folds in turn, or the validation rows alone.</summary>
internal sealed class HoldoutSet
{
    private HoldoutSet(HeadTrainingSet rows, int[] foldOfRow, int count, bool areFolds, double fittedShare)
    {
        Rows = rows;
        Judges = rows;
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

    /// <summary>Gets the rows to fit on.</summary>
    public HeadTrainingSet Rows { get; }

    /// <summary>Gets the rows that judge: <see cref="Rows"/> themselves, held out in turn, or others.</summary>
    public HeadTrainingSet Judges { get; private init; }

    /// <summary>Gets the fold of each of <see cref="Judges"/>; -1 of a row that never judges.</summary>
    public int[] FoldOfRow { get; }

    /// <summary>Gets a value that indicates whether folds judge, rather than the validation rows.</summary>
    public bool AreFolds { get; }

    /// <summary>Gets the share of the rows, by weight, that a candidate is fitted on.</summary>
    public double FittedShare { get; }

    /// <summary>Gets the weights to fit with while a fold is held out; null for a fold that cannot judge.</summary>
    public float[]?[] Weights { get; private init; }

    /// <summary>Gets the rows to fit on while a fold is held out; null for all.</summary>
    public Func<int, bool>? FittedRows(int fold) => ReferenceEquals(Rows, Judges) ? row => Weights[fold]![row] > 0 : null;

    /// <summary>Null if nothing can be held out.</summary>
    public static HoldoutSet? Create(HeadTrainingSet train, HeadTrainingSet validation, int classes, HeadOptions options)
    {
        HeadTrainingSet rows = validation.Rows.Length == 0 ? train : train.With(validation);
        int groups = rows.Groups?.Distinct().Count() ?? rows.Rows.Length;
        int count = Math.Min(options.Folds == 0 ? Folds.Count : options.Folds, groups);
        HoldoutSet held = options.Folds == 0 && validation.Rows.Length >= Math.Max(1, options.ValidationIsGiven ? 1 : options.Heads.CrossValidationBelow)
            ? ByValidation(rows, train)
            : ByFolds(rows, classes, options, count, count);
        return Array.TrueForAll(held.Weights, weights => weights is null) ? null : held;
    }

    /// <summary>Fits on all of some rows; others, whose features are standardized as those are, judge.</summary>
    public static HoldoutSet ByRows(HeadTrainingSet rows, HeadTrainingSet judges, double fittedShare) =>
        new(rows, new int[judges.Rows.Length], 0, false, fittedShare) { Judges = judges, Weights = [rows.AllWeights()] };

    /// <summary>Fits on all of some rows; none judges.</summary>
    public static HoldoutSet None(HeadTrainingSet rows) => new(rows, [], 0, false, 1);

    /// <summary>Deals the rows into folds.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="options">The options; the seed decides the order.</param>
    /// <param name="count">Folds.</param>
    /// <param name="judging">How many of the folds judge, from the first.</param>
    public static HoldoutSet ByFolds(HeadTrainingSet rows, int classes, HeadOptions options, int count, int judging)
    {
        int[] foldOfRow = Folds.Stratified(rows.Labels, classes, options.Settings.Seed, count, rows.Groups);
        return new HoldoutSet(rows, foldOfRow, judging, true, (count - 1.0) / count);
    }

    private static HoldoutSet ByValidation(HeadTrainingSet rows, HeadTrainingSet train)
    {
        int[] foldOfRow = [.. Enumerable.Range(0, rows.Rows.Length).Select(row => row < train.Rows.Length ? -1 : 0)];
        return new HoldoutSet(rows, foldOfRow, 1, false, train.AllWeights().Sum() / (double)rows.AllWeights().Sum());
    }
}
