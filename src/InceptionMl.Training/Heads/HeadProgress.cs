namespace InceptionMl.Training;

/// <summary>The progress of the search.</summary>
/// <param name="Trainer">"lbfgs" or "sdca".</param>
/// <param name="L2">The strength being fitted.</param>
/// <param name="Iteration">The iteration of this fit, from 0.</param>
/// <param name="Objective">The objective reached.</param>
/// <param name="Final">Whether this is the fit of the result rather than of a candidate.</param>
public sealed record HeadProgress(string Trainer, double L2, int Iteration, double Objective, bool Final);
