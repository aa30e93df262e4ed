using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Pipelines;

/// <summary>How images are divided.</summary>
public sealed record PipelineSplit
{
    /// <summary>Fraction of each class drawn for validation where none is given, 0 to below 1.</summary>
    /// <value>The default is 0.1.</value>
    public double Validation { get; init; } = 0.1;

    /// <summary>Fraction of each class drawn for the test where none is given, 0 to below 1; below 1 with <see cref="Validation"/>.</summary>
    /// <value>The default is 0.1.</value>
    public double Test { get; init; } = 0.1;

    /// <summary>Folds of the cross-validation that chooses the head: 0, or 2 to 20.</summary>
    /// <value>The default is 0: the validation images choose.</value>
    public int Folds { get; init; }

    /// <summary>What keeps images together in one fold; only with folds.</summary>
    /// <value>The default is null: nothing.</value>
    public ImageGrouping? GroupBy { get; init; }
}
