namespace InceptionMl.Models;

/// <summary>One head that the search behind a model tried.</summary>
public sealed record ModelCandidate
{
    /// <summary>Gets what fitted it, <c>lbfgs</c> or <c>sdca</c>.</summary>
    public required string Trainer { get; init; }

    /// <summary>Gets the strength of its L2 penalty, on standardized features and the mean log loss.</summary>
    public required double L2 { get; init; }

    /// <summary>Gets what it was judged by, <c>validation</c> or <c>cross-validation</c>.</summary>
    public required string Judge { get; init; }

    /// <summary>Gets its log loss there; over folds the mean.</summary>
    public double? LogLoss { get; init; }

    /// <summary>Gets the standard deviation of the log loss over the folds.</summary>
    public double? LogLossDeviation { get; init; }

    /// <summary>Gets its accuracy there, 0 to 1; over folds the mean.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Gets the standard deviation of the accuracy over the folds.</summary>
    public double? AccuracyDeviation { get; init; }

    /// <summary>Gets the number of iterations of its fits.</summary>
    public int Iterations { get; init; }

    /// <summary>Gets the seconds it took to fit and to judge.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets a value that indicates whether the time budget ended its fits early.</summary>
    public bool Stopped { get; init; }

    /// <summary>Gets a value that indicates whether the head in the zip follows it.</summary>
    public bool Chosen { get; init; }
}
