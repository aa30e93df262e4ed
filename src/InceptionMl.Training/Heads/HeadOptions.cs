namespace InceptionMl.Training.Heads;

/// <summary>How the head is searched and fitted.</summary>
public sealed class HeadOptions
{
    /// <summary>Which trainer.</summary>
    /// <value>The default is <see cref="HeadKind.Auto"/>.</value>
    public HeadKind Kind { get; set; } = HeadKind.Auto;

    /// <summary>
    /// Strengths of the L2 penalty to try, in the objective mean loss + L2 / 2 |W|^2 over standardised features. The best of them
    /// is then refined between its neighbours.
    /// </summary>
    /// <value>The default is the powers of ten from 10 down to 1e-5.</value>
    public IReadOnlyList<double> L2Grid { get; set; } = [10, 1, 0.1, 0.01, 0.001, 0.0001, 0.00001];

    /// <summary>Seed of SDCA's order and of the folds.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>The final fit ends when no part of the gradient of the mean loss exceeds this.</summary>
    /// <value>The default is 1e-5.</value>
    public double Tolerance { get; set; } = 1e-5;

    /// <summary>Iterations of L-BFGS at most, for each fit.</summary>
    /// <value>The default is 1000.</value>
    public int MaximumIterations { get; set; } = 1000;

    /// <summary>
    /// Below this many validation rows the refinement of L2 is judged by cross-validation as well, over train and validation rows.
    /// </summary>
    /// <value>The default is 2000.</value>
    public int CrossValidationBelow { get; set; } = 2000;

    /// <summary>Worker threads; the result does not depend on it.</summary>
    /// <value>The default is the number of processors.</value>
    public int Threads { get; set; } = Environment.ProcessorCount;
}
