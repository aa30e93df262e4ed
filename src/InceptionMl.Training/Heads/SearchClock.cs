namespace InceptionMl.Training;

/// <summary>The time a search has taken and has left, in seconds.</summary>
internal sealed class SearchClock(TimeSpan? budget, TimeProvider time)
{
    private readonly long start = time.GetTimestamp();

    public double Elapsed => time.GetElapsedTime(start).TotalSeconds;

    /// <summary>Gets when the search ends at the latest; infinite without a budget.</summary>
    public double End => budget?.TotalSeconds ?? double.PositiveInfinity;

    public double Remaining => End - Elapsed;
}
