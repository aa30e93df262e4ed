namespace InceptionMl.Tests.Scoring;

/// <summary>A clock that a test moves: by hand, or by a step at every look.</summary>
internal sealed class ManualTime(TimeSpan stepPerLook = default) : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private long now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref now, stepPerLook.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(() => callback(state));
        timers.Add(timer);
        return timer;
    }

    /// <summary>Fires every timer that is not disposed.</summary>
    public void Tick() => timers.ForEach(t => t.Fire());

    private sealed class ManualTimer(Action callback) : ITimer
    {
        private bool disposed;

        public void Fire()
        {
            if (!disposed)
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !disposed;

        public void Dispose() => disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
