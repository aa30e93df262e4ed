using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>
/// One run of <see cref="HeadSearch"/> that can end after any candidate: the likely ones come first, and the time that the final
/// fit needs, measured on the candidates, is kept back.
/// </summary>
internal sealed class BudgetedSearch(
    HoldoutSet held,
    SearchClock clock,
    int classes,
    HeadOptions options,
    IProgress<HeadProgress>? progress,
    CancellationToken cancellationToken)
{
    // The final fit starts near its end and goes on to a hundredth of the candidates' tolerance: about twice the work of one of them.
    private const double FinalFits = 2;

    // A fit by SDCA takes about as long as this many iterations of L-BFGS would on its one thread; measured once one has been made.
    private const double SdcaInIterations = 150;

    private readonly LogisticRegression regression = new(held.Rows, classes, options);
    private readonly SdcaTrainer sdca = new(held.Rows, classes, options, cancellationToken);
    private readonly List<SearchTrial> trials = [];
    private readonly L2Curve curve = new();
    private double slowestFit;
    private double slowestIteration;
    private double? slowestPass;
    private int passesMeasured;

    private string Main => !options.Heads.Tries(HeadKind.Lbfgs) ? HyperparameterSearch.Sdca : HyperparameterSearch.Lbfgs;

    public HeadSearchResult Run()
    {
        TryInOrder(new CandidateOrder([.. options.Heads.L2.Distinct().OrderDescending()], curve));
        SearchTrial winner = Winner();
        HeadCandidate chosen = winner.Candidate;
        (LinearHead head, double l2) = Finish(winner);
        return new HeadSearchResult(head, chosen.Trainer, l2, chosen.LogLoss, chosen.Accuracy, held.AreFolds ? head : winner.Heads[0]!, Candidates(winner))
        {
            CrossValidation = held.AreFolds ? new CrossValidation(held.FoldOfRow, winner.Heads) : null,
        };
    }

    private void TryInOrder(CandidateOrder order)
    {
        bool inTime = order.Climb().All(l2 => Try(Main, l2));
        if (options.Heads.Tries(HeadKind.Lbfgs))
        {
            inTime = inTime && order.Refine().All(l2 => Try(HyperparameterSearch.Lbfgs, l2));
            if (inTime && options.Heads.Tries(HeadKind.Sdca) && classes > 1 && (options.Heads.TimeBudget is not null || SdcaTrainer.IsAffordable(held.Rows, classes)))
            {
                double best = curve.Best;
                _ = Try(HyperparameterSearch.Sdca, best * Math.Sqrt(10)) && Try(HyperparameterSearch.Sdca, best);
            }
        }

        _ = inTime && order.Rest().All(l2 => Try(Main, l2));
    }

    /// <summary>Fits and judges a candidate; false where the time is over before it is done, then nothing of it counts.</summary>
    private bool Try(string trainer, double l2)
    {
        bool first = trials.Count == 0;
        double began = clock.Elapsed;
        int folds = held.Weights.Length;
        double end = first ? began + (clock.Remaining * folds / (folds + FinalFits)) : clock.End - (FinalFits * slowestFit);
        SearchTrial? start = trials.Where(trial => trial.Candidate.Trainer == HyperparameterSearch.Lbfgs).MinBy(trial => trial.Candidate.LogLoss);
        LinearHead?[] heads = new LinearHead?[folds];
        double[]?[] parameters = new double[]?[folds];
        HeadScore[] scores = new HeadScore[folds];
        int iterations = 0;
        bool stopped = false;
        for (int fold = 0; fold < folds; fold++)
        {
            if (held.Weights[fold] is not { } weights)
            {
                continue;
            }

            if (!first && !IsInTime(trainer, end, folds - fold))
            {
                return false;
            }

            // One fold is enough to judge the first by where the time is over.
            if (first && iterations > 0 && clock.Elapsed >= end)
            {
                stopped = true;
                break;
            }

            double foldEnd = first ? began + ((end - began) * (fold + 1) / folds) : end;
            (LinearHead head, int taken, bool cut) = trainer == HyperparameterSearch.Sdca
                ? FitSdca(l2, weights, foldEnd, first)
                : FitLbfgs(l2, weights, start?.Parameters[fold], foldEnd);
            if (cut && !first)
            {
                return false;
            }

            stopped |= cut;
            iterations += taken;
            heads[fold] = head;
            parameters[fold] = trainer == HyperparameterSearch.Sdca ? null : regression.Snapshot();
            int number = fold;
            scores[fold] = HeadScore.Compute(head, held.Rows, row => held.FoldOfRow[row] == number);
        }

        HeadCandidate candidate = HeadScore.OverFolds(trainer, l2, scores, iterations) with
        {
            Judge = held.AreFolds ? HyperparameterSearch.ByFolds : HyperparameterSearch.ByValidation,
            Seconds = clock.Elapsed - began,
            Stopped = stopped,
        };
        trials.Add(new SearchTrial(candidate, heads, parameters));
        if (trainer == Main)
        {
            curve.Add(l2, candidate.LogLoss);
        }

        // What is left of the time is the final fit's where not even one candidate could be fitted to its end.
        return !stopped || clock.Elapsed < end;
    }

    // L-BFGS can be stopped on the way. SDCA can only be given fewer passes, and if it wins it makes the final fit as well.
    private bool IsInTime(string trainer, double end, int folds)
    {
        double sdcaFit = slowestPass is { } pass ? SdcaTrainer.Iterations * pass : SdcaInIterations * options.Threads * slowestIteration;
        return clock.Elapsed + (trainer == HyperparameterSearch.Sdca ? (folds + FinalFits) * sdcaFit : 0) < end;
    }

    private (LinearHead Head, int Iterations, bool Cut) FitLbfgs(double l2, float[] weights, double[]? start, double end)
    {
        double began = clock.Elapsed;
        regression.Reset();
        if (start is not null)
        {
            regression.StartFrom(start);
        }

        bool cut = false;
        (LinearHead head, int iterations) = regression.Fit(
            l2, weights, HyperparameterSearch.CandidateTolerance, Report(l2, false), cancellationToken, () => cut = clock.Elapsed >= end);
        double seconds = clock.Elapsed - began;
        slowestFit = Math.Max(slowestFit, seconds);
        slowestIteration = Math.Max(slowestIteration, seconds / Math.Max(1, iterations));
        return (head, iterations, cut);
    }

    private (LinearHead Head, int Iterations, bool Cut) FitSdca(double l2, float[] weights, double end, bool first)
    {
        if (!first || double.IsInfinity(end))
        {
            return (FitSdca(l2, row => weights[row] > 0, SdcaTrainer.Iterations, false), SdcaTrainer.Iterations, false);
        }

        // Nothing is known of its speed yet: one pass tells, and is the head where there is no time for more.
        LinearHead? head = slowestPass is null ? FitSdca(l2, row => weights[row] > 0, 1, false) : null;
        int passes = PassesUntil(end, slowestPass!.Value);
        return passes == 1 && head is not null
            ? (head, 1, true)
            : (FitSdca(l2, row => weights[row] > 0, passes, false), passes, passes < SdcaTrainer.Iterations);
    }

    private LinearHead FitSdca(double l2, Func<int, bool>? include, int passes, bool final)
    {
        double began = clock.Elapsed;
        progress?.Report(new HeadProgress(HyperparameterSearch.Sdca, l2, 0, double.NaN, final));
        LinearHead head = sdca.Fit(regression, l2, include, passes);
        progress?.Report(new HeadProgress(HyperparameterSearch.Sdca, l2, passes, double.NaN, final));

        // The more passes, the less of their time is ML.NET's start.
        if (passes >= passesMeasured)
        {
            double pass = (clock.Elapsed - began) / passes;
            slowestPass = passes > passesMeasured ? pass : Math.Max(slowestPass!.Value, pass);
            passesMeasured = passes;
        }

        return head;
    }

    private int PassesUntil(double end, double pass) =>
        (int)Math.Clamp(pass > 0 ? (end - clock.Elapsed) / pass : SdcaTrainer.Iterations, 1, SdcaTrainer.Iterations);

    private SearchTrial Winner()
    {
        SearchTrial best = BestOf(Main)!;
        return BestOf(HyperparameterSearch.Sdca) is { } rival && rival.Candidate.LogLoss < best.Candidate.LogLoss * (1 - HyperparameterSearch.SdcaMargin) ? rival : best;
    }

    private SearchTrial? BestOf(string trainer) => trials
        .Where(trial => trial.Candidate.Trainer == trainer)
        .OrderBy(trial => trial.Candidate.LogLoss)
        .ThenByDescending(trial => trial.Candidate.L2)
        .FirstOrDefault();

    private (LinearHead Head, double L2) Finish(SearchTrial winner)
    {
        double l2 = winner.Candidate.L2;
        if (winner.Candidate.Trainer == HyperparameterSearch.Sdca)
        {
            return (FitSdca(l2, null, PassesUntil(clock.End, slowestPass!.Value / held.FittedShare), true), l2);
        }

        // The penalty is a prior on W: against the sum of the losses it stays the same when rows are added, against their mean it shrinks.
        l2 *= held.FittedShare;
        if (options.WarmStart is { } warm)
        {
            regression.StartFrom(warm);
        }
        else
        {
            regression.StartFrom(winner.Parameters.First(parameters => parameters is not null)!);
        }

        (LinearHead head, _) = regression.Fit(l2, null, options.Heads.Tolerance, Report(l2, true), cancellationToken, () => clock.Remaining <= 0);
        return (head, l2);
    }

    private HeadCandidate[] Candidates(SearchTrial winner)
        => [.. trials.Select(trial => ReferenceEquals(trial, winner) ? trial.Candidate with { Chosen = true } : trial.Candidate)];

    private Action<int, double>? Report(double l2, bool final) => progress is null
        ? null
        : (iteration, objective) => progress.Report(new HeadProgress(HyperparameterSearch.Lbfgs, l2, iteration, objective, final));
}
