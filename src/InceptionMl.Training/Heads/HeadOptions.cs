using InceptionMl.Scoring;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Training.Heads;

/// <summary>How the head is searched and fitted.</summary>
public sealed class HeadOptions
{
    /// <summary>Most folds of a cross-validation.</summary>
    public const int MaximumFolds = 100;

    /// <summary>Which trainer.</summary>
    /// <value>The default is <see cref="HeadKind.Auto"/>.</value>
    public HeadKind Kind { get; set; } = HeadKind.Auto;

    /// <summary>
    /// Strengths of the L2 penalty to try, in the objective mean loss + L2 / 2 |W|^2 over standardized features. The best of them
    /// is then refined between its neighbors.
    /// </summary>
    /// <value>The default is the powers of ten from 10 down to 1e-5.</value>
    public IReadOnlyList<double> L2Grid { get; set; } = [10, 1, 0.1, 0.01, 0.001, 0.0001, 0.00001];

    /// <summary>Seed of SDCA's order and of the folds.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>
    /// How far above its minimum the final fit may leave the objective, as a share of it: the fit ends when the gradient says that no more is
    /// left, or when ten iterations together gained less. Where rows x features x classes exceed 2e9, 3e-3 at the least.
    /// </summary>
    /// <value>The default is 1e-4.</value>
    public double Tolerance { get; set; } = 1e-4;

    /// <summary>Iterations of L-BFGS at most, for each fit.</summary>
    /// <value>The default is 1000.</value>
    public int MaximumIterations { get; set; } = 1000;

    /// <summary>
    /// Below this many validation rows the refinement of L2 is judged by cross-validation as well, over train and validation rows.
    /// </summary>
    /// <value>The default is 2000.</value>
    public int CrossValidationBelow { get; set; } = 2000;

    /// <summary>
    /// 0, or 2 to <see cref="MaximumFolds"/> folds of the train and validation rows: then every candidate is judged by its mean log loss over them, each
    /// class spread evenly and no group split. With fewer rows (or groups) than folds there are as many folds as those.
    /// </summary>
    /// <value>The default is 0: the validation rows judge, helped as <see cref="CrossValidationBelow"/> says.</value>
    public int Folds { get; set; }

    /// <summary>
    /// The time that search and final fit may take together. Candidates are tried in the order of their expected worth: the grid
    /// outwards from 0.01 until its best is bracketed, half steps about it, SDCA where the time allows, the rest. The search ends in
    /// time for the final fit, which is ended where it stands when the time is over, so the result then depends on the speed of the
    /// machine: the same candidates finished give the same result. One candidate is always judged, however short the time; a fit by
    /// SDCA cannot be interrupted, but is given no more passes than there is time for, one at the least. With fewer validation rows than
    /// <see cref="CrossValidationBelow"/>, folds judge.
    /// </summary>
    /// <value>The default is null: everything is tried. Above 0.</value>
    public TimeSpan? TimeBudget { get; set; }

    /// <summary>
    /// A head over raw features, with this fit's classes, that the final fit by L-BFGS starts from. It changes the number of
    /// iterations, not the optimum, and never what is chosen: candidates start from nothing, as it may have seen the rows they are
    /// judged by. <see cref="Heads.WarmStart.For"/> makes it from a head of other classes.
    /// </summary>
    /// <value>The default is null: the final fit starts from nothing.</value>
    public LinearHead? WarmStart { get; set; }

    /// <summary>The clock that the budget and the seconds of each candidate are read from.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>
    /// The penalty <see cref="WarmStart"/> was fitted with, on nearly the same rows: only it and half a decade to either side are tried then, in
    /// L-BFGS. Not looked at without a warm start, nor where folds, a time budget or SDCA alone are asked for.
    /// </summary>
    /// <value>The default is null: the whole search.</value>
    public double? EarlierL2 { get; set; }

    /// <summary>Worker threads; the result does not depend on it.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Check()
    {
        if (L2Grid.Count == 0 || L2Grid.Any(l2 => !(l2 > 0) || !double.IsFinite(l2)))
        {
            throw new ArgumentException("The grid of L2 needs at least one strength, each above 0.", nameof(L2Grid));
        }

        if (Folds is not (0 or (>= 2 and <= MaximumFolds)))
        {
            throw new ArgumentException($"Cross-validation needs from 2 to {MaximumFolds} folds, or 0 for none; there are {Folds}.", nameof(Folds));
        }

        if (TimeBudget is { } budget && budget <= TimeSpan.Zero)
        {
            throw new ArgumentException($"The time budget must be above 0; it is {budget}.", nameof(TimeBudget));
        }
    }
}
