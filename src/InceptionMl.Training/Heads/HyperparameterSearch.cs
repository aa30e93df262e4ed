using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>One run of <see cref="HeadSearch"/>.</summary>
internal sealed class HyperparameterSearch(
    HeadTrainingSet train,
    HeadTrainingSet validation,
    int classes,
    HeadOptions options,
    IProgress<HeadProgress>? progress,
    CancellationToken cancellationToken)
{
    public const string Lbfgs = "lbfgs";
    public const string Sdca = "sdca";

    // Candidates need less than the result: between two of them the loss differs by far more than this share of the objective leaves open.
    public const double CandidateTolerance = 1e-3;

    // Both trainers head for the same optimum: on a few hundred validation rows SDCA wins by 1 or 2 % by luck, and does worse on test.
    public const double SdcaMargin = 0.05;

    public const string ByValidation = "validation";
    public const string ByFolds = "cross-validation";

    // One evaluation of the loss over this many products takes a fifth of a second; a cross-validation takes hundreds of them.
    private const double AffordableProducts = 2e9;

    private readonly List<HeadCandidate> candidates = [];
    private readonly PenaltyComparison comparison = new(validation);
    private readonly HeadTrainingSet everything = validation.Rows.Length == 0 ? train : train.With(validation);
    private readonly bool validated = validation.Rows.Length > 0 && validation.AllWeights().Sum() > 0;
    private LinearHead? best;
    private LinearHead? latest;
    private double lowest = double.PositiveInfinity;

    public HeadSearchResult Run()
    {
        double[] grid = [.. options.Heads.L2.Distinct().OrderDescending()];
        if (!options.Heads.Tries(HeadKind.Lbfgs))
        {
            return RunSdca(grid);
        }

        (double l2, HeadSearchResult? sdca) = Earlier is { } earlier ? (ChooseNear(earlier), null)
            : validated ? ChooseByValidation(grid)
            : (grid[grid.Length / 2], null);
        if (sdca is not null)
        {
            return sdca;
        }

        (LinearHead head, l2) = FitEverything(grid, l2);
        LinearHead searchHead = !validated ? head : FoldsAreAffordable ? FitTrain(l2 / TrainShare) : best!;
        return Result(head, Lbfgs, l2, searchHead);
    }

    /// <summary>Fits along the grid on the train rows; the validation rows choose. SDCA may win here.</summary>
    private (double L2, HeadSearchResult? Sdca) ChooseByValidation(double[] grid)
    {
        LogisticRegression regression = new(train, classes, options);
        L2Curve curve = new();
        Dictionary<double, double[]> fits = [];
        foreach (double l2 in grid)
        {
            curve.Add(l2, Validate(regression, l2));
            comparison.Add(l2, latest!);
            fits[l2] = regression.Snapshot();
            foreach (double old in fits.Keys.Where(k => k != curve.Best && k != l2).ToArray())
            {
                fits.Remove(old);
            }
        }

        double winner = curve.Best;
        if (!CrossValidates)
        {
            foreach (double l2 in L2Curve.Between(winner, Math.Sqrt(10)))
            {
                regression.StartFrom(fits[winner]);
                curve.Add(l2, Validate(regression, l2));
            }

            regression.StartFrom(fits[winner]);
        }

        HeadSearchResult? sdca = options.Heads.Tries(HeadKind.Sdca) && SdcaTrainer.IsAffordable(train, classes)
            ? CompeteSdca(regression, curve.Best, curve)
            : null;
        return (CrossValidates ? winner : Chosen(curve), sdca);
    }

    /// <summary>The penalty an earlier search chose on nearly these rows, where there is one to stay near.</summary>
    private double? Earlier => options.WarmStart is not null && everything.Rows.Length > 1 ? options.EarlierL2 : null;

    /// <summary>Half a decade around the earlier penalty. Fits start from nothing here: the earlier head has seen the rows that judge.</summary>
    private double ChooseNear(double earlier)
    {
        if (CrossValidates)
        {
            return earlier * Folds.Count / (Folds.Count - 1);
        }

        LogisticRegression regression = new(train, classes, options);
        L2Curve curve = new();
        foreach (double l2 in L2Curve.Near(earlier / TrainShare))
        {
            curve.Add(l2, Validate(regression, l2));
        }

        return Chosen(curve);
    }

    // Between two strengths one more fit on the train rows would be needed; where that takes long, the best that was fitted is the choice.
    private double Chosen(L2Curve curve) => FoldsAreAffordable ? curve.Minimum() : curve.Best;

    // The penalty is a prior on W: against the sum of the losses it stays the same when rows are added, against their mean it shrinks.
    private double TrainShare => train.AllWeights().Sum() / (double)everything.AllWeights().Sum();

    private bool CrossValidates => !validated || (validation.Rows.Length < options.Heads.CrossValidationBelow && FoldsAreAffordable);

    // Where one evaluation takes long, fits are left a little earlier: hundreds of them would be needed for the last digits.
    private double Precision => FoldsAreAffordable ? CandidateTolerance : 3 * CandidateTolerance;

    private double FinalPrecision => FoldsAreAffordable ? options.Heads.Tolerance : Math.Max(options.Heads.Tolerance, Precision);

    private bool FoldsAreAffordable => (double)everything.Rows.Length * everything.Features.Width * classes <= AffordableProducts;

    private double Validate(LogisticRegression regression, double l2)
    {
        long began = options.Time.GetTimestamp();
        (LinearHead head, int iterations) = regression.Fit(l2, null, Precision, Report(Lbfgs, l2, false), cancellationToken);
        double loss = Judge(head, Lbfgs, l2, iterations, began);
        (best, lowest) = loss < lowest ? (head, loss) : (best, lowest);
        latest = head;
        return loss;
    }

    private double Judge(LinearHead head, string trainer, double l2, int iterations, long began)
    {
        HeadScore score = HeadScore.Compute(head, validation);
        candidates.Add(new HeadCandidate(trainer, l2, score.LogLoss, score.Accuracy, ByValidation, iterations) { Seconds = SecondsSince(began) });
        return score.LogLoss;
    }

    /// <summary>The fit on every row; where the validation rows are too few to place L2 well, folds of all rows refine it first.</summary>
    private (LinearHead Head, double L2) FitEverything(double[] grid, double l2)
    {
        LogisticRegression regression = new(everything, classes, options);
        if (CrossValidates && everything.Rows.Length > 1)
        {
            double[] window = Earlier is not null ? [.. L2Curve.Near(l2)] : validated ? comparison.StillPossible(L2Curve.Window(l2), l2) : grid;
            l2 = CrossValidate(regression, window).Minimum() * (Folds.Count - 1) / Folds.Count;
            regression.Reset();
        }
        else
        {
            l2 *= TrainShare;
        }

        if ((options.WarmStart ?? best) is { } start)
        {
            regression.StartFrom(start);
        }

        (LinearHead head, _) = regression.Fit(l2, null, FinalPrecision, Report(Lbfgs, l2, true), cancellationToken);
        return (head, l2);
    }

    private L2Curve CrossValidate(LogisticRegression regression, double[] window)
    {
        int[] folds = Folds.Stratified(everything.Labels, classes, options.Settings.Seed, groups: everything.Groups);
        int count = FoldsAreAffordable ? folds.Max() + 1 : 1;
        List<HeadScore>[] scores = [.. window.Select(_ => new List<HeadScore>())];
        int[] iterations = new int[window.Length];
        double[] seconds = new double[window.Length];
        float[] all = everything.AllWeights();
        for (int fold = 0; fold < count; fold++)
        {
            int held = fold;
            float[] weights = [.. all.Select((weight, i) => folds[i] == held ? 0 : weight)];
            if (!(weights.Sum() > 0))
            {
                continue;
            }

            regression.Reset();
            for (int i = 0; i < window.Length; i++)
            {
                long began = options.Time.GetTimestamp();
                (LinearHead head, int taken) = regression.Fit(window[i], weights, Precision, Report(Lbfgs, window[i], false), cancellationToken);
                scores[i].Add(HeadScore.Compute(head, everything, row => folds[row] == held));
                iterations[i] += taken;
                seconds[i] += SecondsSince(began);
            }
        }

        L2Curve curve = new();
        for (int i = 0; i < window.Length; i++)
        {
            candidates.Add(HeadScore.OverFolds(Lbfgs, window[i], scores[i], iterations[i]) with { Seconds = seconds[i] });
            curve.Add(window[i], candidates[^1].LogLoss);
        }

        return curve;
    }

    /// <summary>The chosen penalty's head on the train rows alone. It starts from the best candidate, which has not seen the rows that judge it.</summary>
    private LinearHead FitTrain(double l2)
    {
        LogisticRegression regression = new(train, classes, options);
        if (best is not null)
        {
            regression.StartFrom(best);
        }

        return regression.Fit(l2, null, FinalPrecision, Report(Lbfgs, l2, false), cancellationToken).Head;
    }

    private HeadSearchResult? CompeteSdca(LogisticRegression regression, double best, L2Curve rival)
    {
        // Both are tried at the same strengths: a win must be the trainer's, not the finer grid's.
        rival.Add(best * 3, Validate(regression, best * 3));
        SdcaTrainer trainer = new(train, classes, options, cancellationToken);
        L2Curve curve = new();
        LinearHead? winner = null;
        foreach (double l2 in (double[])[best * 3, best])
        {
            progress?.Report(new HeadProgress(Sdca, l2, 0, double.NaN, false));
            long began = options.Time.GetTimestamp();
            LinearHead head = trainer.Fit(regression, l2);
            curve.Add(l2, Judge(head, Sdca, l2, SdcaTrainer.Iterations, began));
            winner = curve.Best == l2 ? head : winner;
        }

        return curve.Lowest < rival.Lowest * (1 - SdcaMargin) ? FinishSdca(curve.Best, winner!) : null;
    }

    private HeadSearchResult RunSdca(double[] grid)
    {
        LogisticRegression regression = new(train, classes, options);
        SdcaTrainer trainer = new(train, classes, options, cancellationToken);
        L2Curve curve = new();
        LinearHead? winner = null;
        foreach (double l2 in validated ? grid : [0.01])
        {
            progress?.Report(new HeadProgress(Sdca, l2, 0, double.NaN, false));
            long began = options.Time.GetTimestamp();
            LinearHead head = trainer.Fit(regression, l2);
            curve.Add(l2, validated ? Judge(head, Sdca, l2, SdcaTrainer.Iterations, began) : 0);
            winner = curve.Best == l2 ? head : winner;
        }

        return FinishSdca(curve.Best, winner!);
    }

    private HeadSearchResult FinishSdca(double l2, LinearHead searchHead)
    {
        progress?.Report(new HeadProgress(Sdca, l2, 0, double.NaN, true));
        LinearHead head = new SdcaTrainer(everything, classes, options, cancellationToken).Fit(new LogisticRegression(everything, classes, options), l2);
        return Result(head, Sdca, l2, searchHead);
    }

    private HeadSearchResult Result(LinearHead head, string trainer, double l2, LinearHead searchHead)
    {
        HeadScore score = validated ? HeadScore.Compute(searchHead, validation) : default;
        return new HeadSearchResult(head, trainer, l2, score.LogLoss, score.Accuracy, searchHead, WithChosen(trainer))
        {
            RefinedByFolds = validated && trainer == Lbfgs && CrossValidates,
        };
    }

    private HeadCandidate[] WithChosen(string trainer)
    {
        string? judge = candidates.FindLast(c => c.Trainer == trainer)?.Judge;
        HeadCandidate? chosen = candidates.Where(c => c.Trainer == trainer && c.Judge == judge).MinBy(c => c.LogLoss);
        return [.. candidates.Select(c => ReferenceEquals(c, chosen) ? c with { Chosen = true } : c)];
    }

    private double SecondsSince(long began) => options.Time.GetElapsedTime(began).TotalSeconds;

    private Action<int, double>? Report(string trainer, double l2, bool final) => progress is null
        ? null
        : (iteration, objective) => progress.Report(new HeadProgress(trainer, l2, iteration, objective, final));
}
