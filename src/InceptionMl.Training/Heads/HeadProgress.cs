namespace InceptionMl.Training;

/// <summary>The progress of the search.</summary>
/// <param name="Trainer">"lbfgs" or "sdca".</param>
/// <param name="L2">The strength being fitted.</param>
/// <param name="Iteration">The iteration of this fit, from 0.</param>
/// <param name="Objective">The objective reached.</param>
/// <param name="Final">Whether this is the fit of the result rather than of a candidate.</param>
public sealed record HeadProgress(string Trainer, double L2, int Iteration, double Objective, bool Final)
{
    /// <summary>Gets what the search will take, told once, after its first iteration, where that is more than a minute or 1 GB.</summary>
    /// <value>Null in all other reports.</value>
    public Cost? Expected { get; init; }

    /// <summary>What a search takes.</summary>
    /// <param name="Duration">About how long it will take, by the time of its first iteration.</param>
    /// <param name="Bytes">About the most memory it will hold.</param>
    public readonly record struct Cost(TimeSpan Duration, long Bytes);
}
