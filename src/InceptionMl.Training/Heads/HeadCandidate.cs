namespace InceptionMl.Training.Heads;

/// <summary>One head that was tried.</summary>
/// <param name="Trainer">"lbfgs" or "sdca".</param>
/// <param name="L2">The strength of its penalty.</param>
/// <param name="LogLoss">Its weighted log loss on the rows it was judged by.</param>
/// <param name="Accuracy">Its weighted accuracy there, 0 to 1.</param>
/// <param name="Judge">"validation" or "cross-validation".</param>
/// <param name="Iterations">Iterations it took.</param>
public sealed record HeadCandidate(string Trainer, double L2, double LogLoss, double Accuracy, string Judge, int Iterations);
