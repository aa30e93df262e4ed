namespace InceptionMl.Training.Tests.Backbones.Store;

/// <summary>
/// A clock that jumps over short waits (retries, looking at a lock again) at once and notes them, and lets a long wait (an idle
/// server) pass only when the test says so. No test has to wait, and none depends on how fast it runs.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<Wait> _waiting = [];
    private readonly List<TimeSpan> _jumped = [];
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The short waits so far, in order.</summary>
    public IReadOnlyList<TimeSpan> Jumped
    {
        get
        {
            lock (_gate)
            {
                return [.. _jumped];
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
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
        lock (_gate)
        {
            due = [.. _waiting];
            _waiting.Clear();
            _now += TimeSpan.FromDays(1);
        }

        foreach (Wait wait in due)
        {
            wait.Fire();
        }
    }

    private void Set(Wait wait, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _waiting.Remove(wait);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (dueTime > Short)
            {
                _waiting.Add(wait);
                return;
            }

            _jumped.Add(dueTime);
            _now += dueTime;
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
