using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace InceptionMl.Training;

/// <summary>Which heads compete, and how they are searched and fitted.</summary>
public sealed record HeadSettings : IValidatableObject
{
    /// <summary>The longest <see cref="TimeBudgetSeconds"/>: a week.</summary>
    public const int LongestTimeBudget = 7 * 24 * 60 * 60;

    /// <summary>Gets the trainers that compete, each once.</summary>
    /// <value>The default is both. SDCA then competes where it is affordable: in about two seconds per fit, or within the time budget.</value>
    [Description("Trainers that compete.")]
    [Length(1, 2)]
    [SchemaRules("""{ "uniqueItems": true }""")]
    public IReadOnlyList<HeadKind> Try { get; init => field = ValueList.Copy(value); } = ValueList.Create([HeadKind.Lbfgs, HeadKind.Sdca]);

    /// <summary>
    /// Gets the strengths of the L2 penalty to try, 1 to 64 different ones, each above 0 and at most 1e6, in the objective mean loss +
    /// L2 / 2 |W|^2 over standardized features. The best of them is then refined between its neighbors.
    /// </summary>
    /// <value>The default is the powers of ten from 10 down to 1e-5.</value>
    [Description("Strengths of the L2 penalty to try, in the objective mean loss + l2 / 2 |W|^2 over standardized features.")]
    [Length(1, 64)]
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    [SchemaRules("""{ "uniqueItems": true }""")]
    public IReadOnlyList<double> L2 { get; init => field = ValueList.Copy(value); } = ValueList.Create([10, 1, 0.1, 0.01, 0.001, 0.0001, 0.00001]);

    /// <summary>
    /// Gets the seconds that search and final fit may take together, above 0, at most <see cref="LongestTimeBudget"/>. Candidates are tried
    /// in the order of their expected worth: the grid outwards from 0.01 until its best is bracketed, half steps about it, SDCA where the
    /// time allows, the rest. The search ends in time for the final fit, which is ended where it stands when the time is over, so the
    /// result then depends on the speed of the machine: the same candidates finished give the same result. One candidate is always judged,
    /// however short the time; a fit by SDCA cannot be interrupted, but is given no more passes than there is time for, one at the least.
    /// With fewer validation images than <see cref="CrossValidationBelow"/>, folds judge.
    /// </summary>
    /// <value>The default is null: everything is tried.</value>
    [Description("Seconds that the search may take; null: as long as it takes.")]
    [Range(0.0, LongestTimeBudget, MinimumIsExclusive = true)]
    public double? TimeBudgetSeconds { get; init; }

    /// <summary>
    /// Gets how far above its minimum the final fit may leave the objective, as a share of it: the fit ends when the gradient says that no
    /// more is left, or when ten iterations together gained less. Where rows x features x classes exceed 2e9, 3e-3 at the least.
    /// </summary>
    /// <value>The default is 1e-4.</value>
    [Description("How far above its minimum the final fit may leave the objective, as a share of it.")]
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>Gets the iterations of L-BFGS at most, for each fit.</summary>
    /// <value>The default is 1000.</value>
    [Description("Iterations of L-BFGS at most, for each fit.")]
    [Range(1, 1_000_000)]
    public int MaxIterations { get; init; } = 1000;

    /// <summary>
    /// Gets the number of validation images below which the refinement of L2 is judged by cross-validation as well, over training and
    /// validation images.
    /// </summary>
    /// <value>The default is 2000.</value>
    [Description("With fewer validation images than this, cross-validation helps them to judge.")]
    [Range(0, 1_000_000)]
    public int CrossValidationBelow { get; init; } = 2000;

    internal TimeSpan? TimeBudget => TimeBudgetSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    internal bool Tries(HeadKind kind) => Try.Contains(kind);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Try.Distinct().Count() < Try.Count)
        {
            yield return new ValidationResult("\"try\" names a trainer twice: keep one of them", ["try"]);
        }

        if (L2.Distinct().Count() < L2.Count)
        {
            yield return new ValidationResult("\"l2\" has a number twice: keep one of them", ["l2"]);
        }
    }
}
