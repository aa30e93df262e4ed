namespace InceptionMl.Training;

/// <summary>
/// Finds a head: the strength of the L2 penalty on the validation rows, from strong to weak with warm starts, then the fit on train
/// and validation rows together. Where <see cref="SplitSettings.Folds"/> or <see cref="HeadSettings.TimeBudgetSeconds"/> is set, candidates are
/// tried in the order of their expected worth instead.
/// </summary>
internal static class HeadSearch
{
    public const string Lbfgs = "lbfgs";
    public const string Sdca = "sdca";

    public const string ByValidation = "validation";
    public const string ByFolds = "cross-validation";

    // Candidates need less than the result: between two of them the loss differs by far more than this share of the objective leaves open.
    public const double CandidateTolerance = 1e-3;

    // Both trainers head for the same optimum: on a few hundred validation rows SDCA wins by 1 or 2 % by luck, and does worse on test.
    public const double SdcaMargin = 0.05;

    /// <summary>Searches and fits.</summary>
    /// <param name="train">The rows to fit on; at least one, with at least one weight above 0.</param>
    /// <param name="validation">The rows to choose by, of the same matrix; may be empty, then cross-validation over train chooses.</param>
    /// <param name="classes">Classes; at least 1.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">An optional progress sink that is invoked after each iteration.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the search.</param>
    /// <exception cref="ArgumentException">Rows, labels and weights do not fit each other, or a feature is not a number.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public static HeadSearchResult Run(
        HeadTrainingSet train,
        HeadTrainingSet validation,
        int classes,
        HeadOptions options,
        IProgress<HeadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        SearchClock clock = new(options.Heads.TimeBudget, options.Time);
        train.Check(classes, nameof(train));
        validation.Check(classes, nameof(validation));
        if (!(train.AllWeights().Sum() > 0))
        {
            throw new ArgumentException("There is no row to train on.", nameof(train));
        }

        if (!ReferenceEquals(train.Features, validation.Features) && validation.Rows.Length > 0)
        {
            throw new ArgumentException("Train and validation rows must be of the same feature matrix.", nameof(validation));
        }

        if (options.WarmStart is { } warm && (warm.Classes != classes || warm.Width != train.Features.Width))
        {
            throw new ArgumentException($"A warm start needs {classes} classes over {train.Features.Width} features; it has {warm.Classes} over {warm.Width}.", nameof(options));
        }

        // Where nothing can be held out there is nothing to spend a time budget on.
        HoldoutSet? held = options.Folds > 0 || options.Heads.TimeBudget is not null ? HoldoutSet.Create(train, validation, classes, options) : null;
        return held is null
            ? new GridSchedule(train, validation, new SearchClock(budget: null, options.Time), classes, options, progress, cancellationToken).Run()
            : new BudgetSchedule(new CandidateTrials(held, clock, classes, options, progress, cancellationToken), held, classes, options).Run();
    }
}
