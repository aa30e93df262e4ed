namespace InceptionMl.Examples.Tests.InboxWorker;

/// <summary>A clock with one timer, which fires when the test says so.</summary>
internal sealed class TickingTime : TimeProvider
{
    private readonly TaskCompletionSource<Action> timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        timer.SetResult(() => callback(state));
        return new Timer();
    }

    /// <summary>Waits until there is a timer, and fires it.</summary>
    public async Task TickAsync() => (await timer.Task.WaitAsync(TestContext.Current.CancellationToken))();

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
