namespace InceptionMl.TestSupport;

/// <summary>A clock on which every wait is over at once, as if the time had passed; a test may act in each.</summary>
/// <param name="waiting">Told the number of the wait, from 1.</param>
internal sealed class SelfMovingTime(Action<int> waiting) : TimeProvider
{
    private long now;
    private int waits;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public int Waits => waits;

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waiting(Interlocked.Increment(ref waits));
        Interlocked.Add(ref now, dueTime.Ticks);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
