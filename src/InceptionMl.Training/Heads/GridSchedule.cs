using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>
/// The order of a <see cref="HeadSearch"/> that goes along the whole grid, from strong to weak: the validation rows choose, and where
/// they are too few to place the penalty well, folds of all rows refine it.
/// </summary>
internal sealed class GridSchedule(
    HeadTrainingSet train,
    HeadTrainingSet validation,
    SearchClock clock,
    int classes,
    HeadOptions options,
    IProgress<HeadProgress>? progress,
    CancellationToken cancellationToken)
{
    // One evaluation of the loss over this many products takes a fifth of a second; a cross-validation takes hundreds of them.
    private const double AffordableProducts = 2e9;

    // What searches over the default penalties took.
    private const int EvaluationsWithFolds = 600;
    private const int EvaluationsWithoutFolds = 300;

    private const double SamePenalty = 0.1;

    private readonly List<HeadCandidate> candidates = [];
    private readonly PenaltyComparison comparison = new(validation, options.Threads);
    private readonly HeadTrainingSet everything = validation.Rows.Length == 0 ? train : train.With(validation);
    private readonly bool validated = validation.Rows.Length > 0 && validation.AllWeights().Sum() > 0;

    private CrossValidation? outOfFold;

    public HeadSearchResult Run()
    {
        double[] grid = [.. options.Heads.L2.Distinct().OrderDescending()];
        if (!options.Heads.Tries(HeadKind.Lbfgs))
        {
            return RunSdca(grid);
        }

        (double l2, LinearHead? best, SearchTrial? sdca) = Earlier is { } earlier ? ChooseNear(earlier)
            : validated ? ChooseByValidation(grid)
            : (grid[grid.Length / 2], null, null);
        if (sdca is not null)
        {
            return FinishSdca(sdca.Candidate.L2, sdca.Heads[0]!);
        }

        (LinearHead head, l2) = FitEverything(grid, l2, best);
        LinearHead searchHead = !validated ? head
            : FoldsAreAffordable ? Trials(HoldoutSet.None(train)).Fit(l2 / TrainShare, FinalPrecision, From(best), final: false)
            : best!;
        return Result(head, HeadSearch.Lbfgs, l2, searchHead);
    }

    /// <summary>Fits along the grid on the train rows; the validation rows choose. SDCA may win here.</summary>
    private (double L2, LinearHead? Best, SearchTrial? Sdca) ChooseByValidation(double[] grid)
    {
        CandidateTrials trials = Trials(HoldoutSet.ByRows(train, validation, TrainShare));
        L2Curve curve = trials.Curve(HeadSearch.Lbfgs);
        foreach (double l2 in grid)
        {
            trials.Try(HeadSearch.Lbfgs, l2, trials.Latest);
            if (CrossValidates)
            {
                comparison.Add(l2, trials.Latest!.Heads[0]!);
            }
        }

        double winner = curve.Best;
        SearchTrial start = trials.Latest!;
        if (!CrossValidates)
        {
            start = trials.Lowest(HeadSearch.Lbfgs)!;
            foreach (double l2 in FoldsAreAffordable ? L2Curve.Between(winner, Math.Sqrt(10)) : [curve.LowerSide(Math.Sqrt(10))])
            {
                trials.Try(HeadSearch.Lbfgs, l2, start);
            }
        }

        SearchTrial? sdca = options.Heads.Tries(HeadKind.Sdca) && SdcaTrainer.IsAffordable(train, classes) ? CompeteSdca(trials, curve, start) : null;
        candidates.AddRange(trials.All.Select(trial => trial.Candidate));
        return (CrossValidates ? winner : Chosen(curve), trials.Lowest(HeadSearch.Lbfgs)!.Heads[0], sdca);
    }

    /// <summary>The penalty an earlier search chose on nearly these rows, where there is one to stay near.</summary>
    private double? Earlier => options.WarmStart is not null && everything.Rows.Length > 1 ? options.EarlierL2 : null;

    /// <summary>Half a decade around the earlier penalty. Fits start from nothing here: the earlier head has seen the rows that judge.</summary>
    private (double L2, LinearHead? Best, SearchTrial? Sdca) ChooseNear(double earlier)
    {
        if (CrossValidates)
        {
            return (earlier * Folds.Count / (Folds.Count - 1), null, null);
        }

        CandidateTrials trials = Trials(HoldoutSet.ByRows(train, validation, TrainShare));
        TryAlong(trials, L2Curve.Near(earlier / TrainShare));
        return (Chosen(trials.Curve(HeadSearch.Lbfgs)), trials.Lowest(HeadSearch.Lbfgs)!.Heads[0], null);
    }

    // Between two strengths one more fit on the train rows would be needed; where that takes long, the best that was fitted is the choice.
    private double Chosen(L2Curve curve) => FoldsAreAffordable ? curve.Minimum() : curve.Best;

    // The penalty is a prior on W: against the sum of the losses it stays the same when rows are added, against their mean it shrinks.
    private double TrainShare => train.AllWeights().Sum() / (double)everything.AllWeights().Sum();

    private bool CrossValidates => !validated || (!options.ValidationIsGiven && validation.Rows.Length < options.Heads.CrossValidationBelow && FoldsAreAffordable);

    // Where one evaluation takes long, fits are left a little earlier: hundreds of them would be needed for the last digits.
    private double Precision => FoldsAreAffordable ? HeadSearch.CandidateTolerance : 3 * HeadSearch.CandidateTolerance;

    private double FinalPrecision => FoldsAreAffordable ? options.Heads.Tolerance : Math.Max(options.Heads.Tolerance, Precision);

    private bool FoldsAreAffordable => (double)everything.Rows.Length * everything.Features.Width * classes <= AffordableProducts;

    private CandidateTrials Trials(HoldoutSet held) => new(held, clock, classes, options, progress, cancellationToken)
    {
        Tolerance = Precision,
        ExpectedEvaluations = candidates.Count > 0 ? 0 : FoldsAreAffordable ? EvaluationsWithFolds : EvaluationsWithoutFolds,
        HeldOutLoss = candidates.Select(candidate => candidate.LogLoss).DefaultIfEmpty().Min(),
    };

    /// <summary>Tries penalties by L-BFGS, each from where the one before ended.</summary>
    private void TryAlong(CandidateTrials trials, IEnumerable<double> penalties)
    {
        foreach (double l2 in penalties)
        {
            trials.Try(HeadSearch.Lbfgs, l2, trials.Latest);
        }

        candidates.AddRange(trials.All.Select(trial => trial.Candidate));
    }

    /// <summary>The fit on every row; where the validation rows are too few to place L2 well, folds of all rows refine it first.</summary>
    private (LinearHead Head, double L2) FitEverything(double[] grid, double l2, LinearHead? best)
    {
        CandidateTrials trials;
        if (CrossValidates && everything.Rows.Length > 1)
        {
            double[] window = Earlier is not null ? [.. L2Curve.Near(l2)] : validated ? comparison.StillPossible(L2Curve.Window(l2), l2) : grid;
            HoldoutSet held = HoldoutSet.ByFolds(everything, classes, options, Folds.Count, FoldsAreAffordable ? Folds.Count : 1);
            trials = Trials(held);
            TryAlong(trials, window);
            l2 = trials.Curve(HeadSearch.Lbfgs).Minimum();
            outOfFold = HeldOut(trials, held, l2);
            l2 *= (Folds.Count - 1) / (double)Folds.Count;
        }
        else
        {
            trials = Trials(HoldoutSet.None(everything));
            l2 *= TrainShare;
        }

        return (trials.Fit(l2, FinalPrecision, From(options.WarmStart ?? best)), l2);
    }

    // Probabilities depend on the penalty more than their loss does: where none of the candidates had nearly the chosen one, it is fitted too.
    private static CrossValidation HeldOut(CandidateTrials trials, HoldoutSet held, double l2)
    {
        SearchTrial nearest = trials.Lowest(HeadSearch.Lbfgs)!;
        if (Math.Abs(Math.Log(l2 / nearest.Candidate.L2)) > SamePenalty && trials.Try(HeadSearch.Lbfgs, l2, nearest))
        {
            nearest = trials.Latest!;
        }

        return new CrossValidation(held.FoldOfRow, [.. Enumerable.Range(0, Folds.Count).Select(fold => nearest.Heads.ElementAtOrDefault(fold))]);
    }

    // A candidate to start from has not seen the rows that judge it.
    private static Action<LogisticRegression>? From(LinearHead? start) => start is null ? null : regression => regression.StartFrom(start);

    private static SearchTrial? CompeteSdca(CandidateTrials trials, L2Curve rival, SearchTrial start)
    {
        // Both are tried at the same strengths: a win must be the trainer's, not the finer grid's.
        double best = rival.Best;
        trials.Try(HeadSearch.Lbfgs, best * 3, start);
        trials.Try(HeadSearch.Sdca, best * 3);
        trials.Try(HeadSearch.Sdca, best);
        SearchTrial sdca = trials.Lowest(HeadSearch.Sdca)!;
        return sdca.Candidate.LogLoss < rival.Lowest * (1 - HeadSearch.SdcaMargin) ? sdca : null;
    }

    private HeadSearchResult RunSdca(double[] grid)
    {
        if (!validated)
        {
            const double Usual = 0.01;
            return FinishSdca(Usual, Trials(HoldoutSet.None(train)).FitSdca(Usual, final: false));
        }

        CandidateTrials trials = Trials(HoldoutSet.ByRows(train, validation, TrainShare));
        foreach (double l2 in grid)
        {
            trials.Try(HeadSearch.Sdca, l2);
        }

        candidates.AddRange(trials.All.Select(trial => trial.Candidate));
        SearchTrial winner = trials.Lowest(HeadSearch.Sdca)!;
        return FinishSdca(winner.Candidate.L2, winner.Heads[0]!);
    }

    private HeadSearchResult FinishSdca(double l2, LinearHead searchHead) =>
        Result(Trials(HoldoutSet.None(everything)).FitSdca(l2), HeadSearch.Sdca, l2, searchHead);

    private HeadSearchResult Result(LinearHead head, string trainer, double l2, LinearHead searchHead)
    {
        HeadScore score = validated ? HeadScore.Compute(searchHead, validation, threads: options.Threads) : default;
        string? judge = candidates.FindLast(c => c.Trainer == trainer)?.Judge;
        HeadCandidate? chosen = candidates.Where(c => c.Trainer == trainer && c.Judge == judge).MinBy(c => c.LogLoss);
        HeadCandidate[] marked = [.. candidates.Select(c => ReferenceEquals(c, chosen) ? c with { Chosen = true } : c)];
        return new HeadSearchResult(head, trainer, l2, score.LogLoss, score.Accuracy, searchHead, marked)
        {
            OutOfFold = outOfFold,
            RefinedByFolds = validated && trainer == HeadSearch.Lbfgs && CrossValidates,
        };
    }
}
