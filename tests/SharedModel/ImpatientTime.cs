namespace InceptionMl.TestSupport;

/// <summary>
/// A clock that jumps over short waits (retries, looking at a lock again) at once and notes them, and lets a long wait (an idle
/// server) pass only when the test says so. No test has to wait, and none depends on how fast it runs.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly List<Wait> waiting = [];
    private readonly List<TimeSpan> jumped = [];
    private DateTimeOffset now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The short waits so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Jumped
    {
        get
        {
            lock (gate)
            {
                return [.. jumped];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Wait wait = new(this, () => callback(state));
        wait.Change(dueTime, period);
        return wait;
    }

    /// <summary>Lets every long wait of this moment pass.</summary>
    public void PassLongWaits()
    {
        Wait[] due;
        lock (gate)
        {
            due = [.. waiting];
            waiting.Clear();
            now += TimeSpan.FromDays(1);
        }

        foreach (Wait wait in due)
        {
            wait.Fire();
        }
    }

    private void Set(Wait wait, TimeSpan dueTime)
    {
        lock (gate)
        {
            waiting.Remove(wait);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (dueTime > Short)
            {
                waiting.Add(wait);
                return;
            }

            jumped.Add(dueTime);
            now += dueTime;
        }

        ThreadPool.QueueUserWorkItem(static w => w.Fire(), wait, preferLocal: false);
    }

    private sealed class Wait(ImpatientTime time, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
