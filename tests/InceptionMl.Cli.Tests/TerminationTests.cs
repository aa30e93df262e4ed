namespace InceptionMl.Cli.Tests;

public sealed class TerminationTests
{
    private const int Interrupt = 2;

    [Fact]
    public async Task The_first_signal_cancels_and_a_second_changes_nothing()
    {
        ManualTime time = new();
        using Termination termination = new(TimeSpan.FromSeconds(10), time);

        int status = await termination.RunAsync(async cancellationToken =>
        {
            termination.Stop(Interrupt);
            termination.Stop(Interrupt);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitStatus.Done;
        });

        Assert.Equal((ExitStatus.Done, TimeSpan.FromSeconds(10)), (status, Assert.Single(time.Waits)));
    }

    [Fact]
    public async Task A_verb_that_does_not_stop_is_left_when_patience_ends()
    {
        ManualTime time = new();
        using Termination termination = new(TimeSpan.FromSeconds(10), time);
        Task<int> running = termination.RunAsync(_ => new TaskCompletionSource<int>().Task);

        termination.Stop(Interrupt);
        termination.Stop(Interrupt);
        time.Pass();

        Assert.Equal(ExitStatus.Interrupted, await running);
    }

    [Fact]
    public void A_question_ends_with_its_mark_and_all_else_with_a_full_stop()
    {
        Assert.Equal("Is it?", CommandLine.Sentence(new UsageException("Is it?")));
        Assert.Equal("It is.", CommandLine.Sentence(new UsageException("It is")));
        Assert.Equal("It is.", CommandLine.Sentence(new UsageException("It is.")));
    }

    private sealed class ManualTime : TimeProvider
    {
        private Action? due;

        public List<TimeSpan> Waits { get; } = [];

        public void Pass() => due!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, () => callback(state));

        private sealed class Timer(ManualTime time, Action fire) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Waits.Add(dueTime);
                time.due = fire;
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
