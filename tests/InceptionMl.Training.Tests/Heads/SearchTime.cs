namespace InceptionMl.Training.Tests.Heads;

/// <summary>A clock that stands still but for a step at every iteration it is told of.</summary>
internal sealed class SearchTime(double secondsPerIteration) : TimeProvider, IProgress<HeadProgress>
{
    private double seconds;

    public double Seconds => seconds;

    /// <summary>Every iteration: whether it was of the final fit, its number and its objective.</summary>
    public List<HeadProgress> Iterations { get; } = [];

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => (long)(seconds * TimestampFrequency);

    public void Report(HeadProgress value)
    {
        Iterations.Add(value);

        // A pass of SDCA costs what the search, with two threads, expects of it; a fit is told of before and after.
        seconds += value.Trainer == "sdca" ? 15 * value.Iteration * secondsPerIteration : secondsPerIteration;
    }
}
