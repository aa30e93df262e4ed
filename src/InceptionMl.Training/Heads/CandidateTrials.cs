using InceptionMl.Models.Internal;

namespace InceptionMl.Training;

/// <summary>
/// Fits candidates and judges them by the rows that are held out. A schedule says which are tried; a candidate that the time does not
/// suffice for is none, except the first.
/// </summary>
internal sealed class CandidateTrials(
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

    // From here on a search takes seconds, and what fits learn of each other pays.
    private const double LongProducts = 1e8;

    // What fits learn of the curvature is kept for each fold; here so many bytes at most.
    private const double MostKept = 1 << 29;

    // The gradients of sixteen slices and the vectors of L-BFGS, once for the candidates and once for the final fit.
    private const double BytesPerWeight = 2 * ((17 * sizeof(float)) + (((2 * LbfgsMinimizer.Memory) + 8) * sizeof(double)));

    // From here on people are told what a search takes.
    private const double LongSeconds = 60;
    private const double MuchMemory = 1e9;

    private readonly LogisticRegression regression = new(held.Rows, classes, options);
    private readonly SdcaTrainer sdca = new(held.Rows, classes, options, cancellationToken);
    private readonly List<SearchTrial> trials = [];
    private readonly Dictionary<string, L2Curve> curves = [];
    private LbfgsMinimizer[]? minimizers;
    private double firstReport;
    private bool toldCost;
    private SearchTrial? beforeLatest;
    private double slowestFit;
    private double slowestIteration;
    private double? slowestPass;
    private int passesMeasured;

    /// <summary>Gets how far above its minimum a candidate's objective may stay, as a share of it.</summary>
    public double Tolerance { get; init; } = HeadSearch.CandidateTolerance;

    /// <summary>Gets the lowest loss on held-out rows that is known from earlier trials; 0 where there were none.</summary>
    public double HeldOutLoss { get; init; }

    /// <summary>Gets about how many evaluations of the loss the whole search takes; 0 where that is told elsewhere.</summary>
    public int ExpectedEvaluations { get; init; }

    /// <summary>Gets what was tried, in order. Heads and parameters are kept of the latest, and of those with a trainer's lowest loss.</summary>
    public IReadOnlyList<SearchTrial> All => trials;

    /// <summary>Gets the last that was tried; null before the first.</summary>
    public SearchTrial? Latest => trials.Count == 0 ? null : trials[^1];

    /// <summary>Gets the loss by penalty of one trainer's candidates.</summary>
    public L2Curve Curve(string trainer) => curves.TryGetValue(trainer, out L2Curve? curve) ? curve : curves[trainer] = new L2Curve();

    /// <summary>Gets one trainer's candidate with the lowest loss, of equal ones the first; null where there is none.</summary>
    public SearchTrial? Lowest(string trainer) => trials.Where(trial => trial.Candidate.Trainer == trainer).MinBy(trial => trial.Candidate.LogLoss);

    /// <summary>Fits and judges a candidate.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="l2">The penalty.</param>
    /// <param name="start">The candidate whose parameters L-BFGS starts from; null starts from nothing.</param>
    /// <returns>False where the time is over: before the candidate is done, then nothing of it counts, or with the first.</returns>
    public bool Try(string trainer, double l2, SearchTrial? start = null)
    {
        bool first = trials.Count == 0;
        double began = clock.Elapsed;
        int folds = held.Weights.Length;
        double end = first ? began + (clock.Remaining * folds / (folds + FinalFits)) : clock.End - (FinalFits * slowestFit);
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
            (LinearHead head, int taken, bool cut) = trainer == HeadSearch.Sdca
                ? FitSdca(l2, held.FittedRows(fold), foldEnd, first)
                : FitLbfgs(l2, weights, fold, start, foldEnd);
            if (cut && !first)
            {
                return false;
            }

            stopped |= cut;
            iterations += taken;
            heads[fold] = head;
            parameters[fold] = trainer == HeadSearch.Sdca ? null : regression.Snapshot();
            int number = fold;
            scores[fold] = HeadScore.Compute(head, held.Judges, row => held.FoldOfRow[row] == number, options.Threads);
        }

        beforeLatest = Latest;
        Add(new SearchTrial(
            HeadScore.OverFolds(trainer, l2, scores, iterations) with
            {
                Judge = held.AreFolds ? HeadSearch.ByFolds : HeadSearch.ByValidation,
                Seconds = clock.Elapsed - began,
                Stopped = stopped,
            },
            heads,
            parameters));

        // What is left of the time is the final fit's where not even one candidate could be fitted to its end.
        return !stopped || clock.Elapsed < end;
    }

    /// <summary>Fits the result by L-BFGS, on every row.</summary>
    /// <param name="l2">The penalty.</param>
    /// <param name="tolerance">How far above its minimum the objective may stay, as a share of it.</param>
    /// <param name="start">Sets where the fit starts; null starts from nothing.</param>
    /// <param name="final">Whether this is the head to keep.</param>
    public LinearHead Fit(double l2, double tolerance, Action<LogisticRegression>? start, bool final = true)
    {
        regression.Reset();
        start?.Invoke(regression);
        return regression.Fit(l2, null, new FitTolerance(tolerance, IsLong ? tolerance * HeldOutLoss : 0), Report(l2, final), cancellationToken, () => clock.Remaining <= 0).Head;
    }

    /// <summary>Fits by SDCA, on every row, with as many passes as there is time for.</summary>
    public LinearHead FitSdca(double l2, bool final = true)
    {
        int passes = slowestPass is { } pass ? PassesUntil(clock.End, pass / held.FittedShare) : SdcaTrainer.Iterations;
        return FitSdca(l2, null, passes, final);
    }

    private void Add(SearchTrial trial)
    {
        trials.Add(trial);
        HeadCandidate candidate = trial.Candidate;
        Curve(candidate.Trainer).Add(candidate.L2, candidate.LogLoss);
        double lowest = Lowest(candidate.Trainer)!.Candidate.LogLoss;
        for (int i = 0; i < trials.Count - 1; i++)
        {
            if (trials[i].Candidate.Trainer == candidate.Trainer && trials[i].Candidate.LogLoss > lowest)
            {
                trials[i] = trials[i] with { Heads = [], Parameters = [] };
            }
        }
    }

    private bool IsLong => (double)held.Rows.Rows.Length * regression.Weights > LongProducts;

    // What is small beside the loss on held-out rows matters to nobody, even where the loss on the training rows is nearly 0. Candidates are
    // compared with each other, so they are fitted better.
    private FitTolerance CandidateFit =>
        new(Tolerance, IsLong && Lowest(HeadSearch.Lbfgs) is { } lowest ? Tolerance / 4 * lowest.Candidate.LogLoss : 0);

    // L-BFGS can be stopped on the way. SDCA can only be given fewer passes, and if it wins it makes the final fit as well.
    private bool IsInTime(string trainer, double end, int folds)
    {
        double sdcaFit = slowestPass is { } pass ? SdcaTrainer.Iterations * pass : SdcaInIterations * options.Threads * slowestIteration;
        return clock.Elapsed + (trainer == HeadSearch.Sdca ? (folds + FinalFits) * sdcaFit : 0) < end;
    }

    private (LinearHead Head, int Iterations, bool Cut) FitLbfgs(double l2, float[] weights, int fold, SearchTrial? start, double end)
    {
        double began = clock.Elapsed;
        regression.Reset();
        if (start?.Parameters[fold] is { } parameters)
        {
            regression.StartFrom(parameters);
        }

        bool cut = false;
        (LinearHead head, int iterations) = regression.Fit(
            l2, weights, CandidateFit, Report(l2, false), cancellationToken, () => cut = clock.Elapsed >= end, Follow(l2, fold, start));
        double seconds = clock.Elapsed - began;
        slowestFit = Math.Max(slowestFit, seconds);
        slowestIteration = Math.Max(slowestIteration, seconds / Math.Max(1, iterations));
        return (head, iterations, cut);
    }

    /// <summary>
    /// Where a fit takes long, goes on along the path of the two before, which is nearly straight in the logarithm of the penalty, and takes over
    /// what the fit before learned of the curvature.
    /// </summary>
    private LbfgsMinimizer? Follow(double l2, int fold, SearchTrial? start)
    {
        if (!IsLong)
        {
            return null;
        }

        double bytes = 2.0 * LbfgsMinimizer.Memory * sizeof(double) * regression.Weights * held.Weights.Length;
        minimizers ??= [.. Enumerable.Range(0, bytes <= MostKept ? held.Weights.Length : 1).Select(_ => regression.NewMinimizer())];
        LbfgsMinimizer minimizer = minimizers[fold % minimizers.Length];
        if (start is null || !ReferenceEquals(start, Latest) || start.Parameters[fold] is null)
        {
            minimizer.Forget();
            return minimizer;
        }

        double latest = start.Candidate.L2;
        if (minimizers.Length == held.Weights.Length)
        {
            minimizer.ChangePenalty(l2 - latest, regression.Weights);
        }
        else
        {
            minimizer.Forget();
        }

        if (beforeLatest is { Parameters: { Length: > 0 } earlier, Candidate.L2: var before } && earlier[fold] is { } point && before != latest)
        {
            regression.GoOnFrom(point, Math.Clamp(Math.Log(l2 / latest) / Math.Log(latest / before), -1, 1));
        }

        return minimizer;
    }

    private (LinearHead Head, int Iterations, bool Cut) FitSdca(double l2, Func<int, bool>? include, double end, bool first)
    {
        if (!first || double.IsInfinity(end))
        {
            return (FitSdca(l2, include, SdcaTrainer.Iterations, false), SdcaTrainer.Iterations, false);
        }

        // Nothing is known of its speed yet: one pass tells, and is the head where there is no time for more.
        LinearHead? head = slowestPass is null ? FitSdca(l2, include, 1, false) : null;
        int passes = PassesUntil(end, slowestPass!.Value);
        return passes == 1 && head is not null
            ? (head, 1, true)
            : (FitSdca(l2, include, passes, false), passes, passes < SdcaTrainer.Iterations);
    }

    private LinearHead FitSdca(double l2, Func<int, bool>? include, int passes, bool final)
    {
        double began = clock.Elapsed;
        progress?.Report(new HeadProgress(HeadSearch.Sdca, l2, 0, double.NaN, final));
        LinearHead head = sdca.Fit(regression, l2, include, passes);
        progress?.Report(new HeadProgress(HeadSearch.Sdca, l2, passes, double.NaN, final));

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

    private Action<int, double>? Report(double l2, bool final) => progress is null
        ? null
        : (iteration, objective) => progress.Report(new HeadProgress(HeadSearch.Lbfgs, l2, iteration, objective, final) { Expected = Expect(iteration) });

    // The first iteration tells how long an evaluation takes.
    private HeadProgress.Cost? Expect(int iteration)
    {
        if (ExpectedEvaluations == 0 || toldCost || iteration > 1)
        {
            return null;
        }

        if (iteration == 0)
        {
            firstReport = clock.Elapsed;
            return null;
        }

        toldCost = true;
        double seconds = ExpectedEvaluations * (clock.Elapsed - firstReport);
        double bytes = (2.0 * sizeof(float) * held.Rows.Rows.Length * held.Rows.Features.Width) + (BytesPerWeight * regression.Weights);
        return seconds > LongSeconds || bytes > MuchMemory ? new HeadProgress.Cost(TimeSpan.FromSeconds(seconds), (long)bytes) : null;
    }
}

/// <summary>A candidate with its heads and, of L-BFGS, its parameters, one per fold; null for a fold that was not judged.</summary>
internal sealed record SearchTrial(HeadCandidate Candidate, LinearHead?[] Heads, double[]?[] Parameters);
