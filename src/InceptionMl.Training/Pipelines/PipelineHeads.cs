using InceptionMl.Training.Heads;

namespace InceptionMl.Training.Pipelines;

/// <summary>Which heads compete, and their search.</summary>
public sealed record PipelineHeads
{
    /// <summary><see cref="HeadKind.Lbfgs"/>, <see cref="HeadKind.Sdca"/> or both; each once.</summary>
    /// <value>The default is both.</value>
    public ValueList<HeadKind> Try { get; init; } = [HeadKind.Lbfgs, HeadKind.Sdca];

    /// <summary>Strengths of the L2 penalty to try: 1 to 64 different ones, each above 0 and at most 1e6.</summary>
    /// <value>The default is the powers of ten from 10 down to 1e-5.</value>
    public ValueList<double> L2 { get; init; } = [.. new HeadOptions().L2Grid];

    /// <summary>Seconds that the search may take, above 0, at most 604,800 (a week).</summary>
    /// <value>The default is null: as long as it takes.</value>
    public double? TimeBudgetSeconds { get; init; }
}
