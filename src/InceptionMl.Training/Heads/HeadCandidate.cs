using InceptionMl.Models;

namespace InceptionMl.Training;

/// <summary>One head that was tried.</summary>
/// <param name="Trainer">"lbfgs" or "sdca".</param>
/// <param name="L2">The strength of its penalty.</param>
/// <param name="LogLoss">Its weighted log loss on the rows it was judged by; over folds the mean, each fold counting by its rows.</param>
/// <param name="Accuracy">Its weighted accuracy there, 0 to 1; over folds the mean, each fold counting by its rows.</param>
/// <param name="Judge">"validation" or "cross-validation".</param>
/// <param name="Iterations">Iterations it took, all folds together.</param>
internal sealed record HeadCandidate(string Trainer, double L2, double LogLoss, double Accuracy, string Judge, int Iterations)
{
    /// <summary>Gets the standard deviation (n - 1) of the log loss over the folds; null if there were fewer than 2.</summary>
    public double? LogLossDeviation { get; init; }

    /// <summary>Gets the standard deviation (n - 1) of the accuracy over the folds; null if there were fewer than 2.</summary>
    public double? AccuracyDeviation { get; init; }

    /// <summary>Gets the seconds it took to fit and to judge.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets a value that indicates whether the time budget ended its fits before they met their tolerance.</summary>
    /// <value>Only ever true of the first of a search, which is judged even so.</value>
    public bool Stopped { get; init; }

    /// <summary>Gets a value that indicates whether this is the one the result follows: the lowest log loss, or the one its strength was interpolated about.</summary>
    public bool Chosen { get; init; }

    /// <summary>As results and cards have it.</summary>
    public ModelCandidate ToModelCandidate() => new()
    {
        Trainer = Trainer,
        L2 = L2,
        Judge = Judge,
        LogLoss = Number(LogLoss),
        LogLossDeviation = Number(LogLossDeviation),
        Accuracy = Number(Accuracy),
        AccuracyDeviation = Number(AccuracyDeviation),
        Iterations = Iterations,
        Seconds = Seconds,
        Stopped = Stopped,
        Chosen = Chosen,
    };

    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
