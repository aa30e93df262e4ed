using System.Runtime.CompilerServices;
using InceptionMl.Scoring.Internal;

namespace InceptionMl.Tests.Scoring;

/// <summary>A reader goes at every point, with all results ready that can be, and is not held up.</summary>
public sealed class LeavingTests
{
    // Of a hang only: leaving takes microseconds.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly int[] Workers = [1, 2, 3, 8, 16];
    private static readonly int[] Lengths = [1, 2, 3, 4, 5, 8, 9, 16, 33, 64, 65, 100];

    private readonly CancellationToken testEnds = TestContext.Current.CancellationToken;

    public enum Way
    {
        Break,
        Throw,
        Cancel,
        CancelAndRead,
        Fail,
    }

    public static TheoryData<Way, bool> Ways => new(Enum.GetValues<Way>().SelectMany(way => new[] { (way, false), (way, true) }));

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_reader_that_leaves_while_results_are_ready_is_not_held_up(Way way, bool awaited) => EverywhereAsync(
        (items, workers, point) => LeaveAsync(way, items, workers, point, awaited));

    [Fact]
    public Task A_sequence_that_was_never_read_or_is_disposed_between_results_ends() => EverywhereAsync(async (items, workers, point) =>
    {
        using CountdownEvent ready = new(Math.Min(items, (point == 0 ? 0 : point - 1) + (workers * 4)));
        IAsyncEnumerator<int> results = OrderedParallel.SelectAsync(Enumerable.Range(0, items), (item, _) => Count(item, ready), workers, testEnds)
            .GetAsyncEnumerator(testEnds);
        for (int read = 0; read < point; read++)
        {
            Assert.True(await results.MoveNextAsync());
            Assert.Equal(read, results.Current);
        }

        if (point > 0)
        {
            ready.Wait(testEnds);
        }

        await results.DisposeAsync();
        Assert.False(await results.MoveNextAsync());
    });

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(16, 100)]
    public async Task Canceling_ends_a_reader_that_waits_for_a_source_that_has_nothing(int workers, int items)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(testEnds);
        TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool disposed = false;
        async IAsyncEnumerable<int> Source([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                for (int item = 0; item < items; item++)
                {
                    yield return item;
                }

                waiting.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                disposed = true;
            }
        }

        int read = 0;
        Task reading = Task.Run(
            async () =>
            {
                await foreach (int item in OrderedParallel.SelectAsync(Source(), (item, _) => item, workers, stop.Token))
                {
                    read++;
                }
            },
            testEnds);
        await waiting.Task.WaitAsync(Bound, testEnds);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Bound, testEnds));
        Assert.True(disposed);
        Assert.InRange(read, 0, items);
    }

    [Fact]
    public async Task A_source_that_does_not_listen_is_left_to_itself()
    {
        TaskCompletionSource never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<int> Source()
        {
            try
            {
                yield return 1;
                await never.Task;
                yield return 2;
            }
            finally
            {
                disposed.SetResult();
            }
        }

        Task leaving = Task.Run(
            async () =>
            {
                await foreach (int item in OrderedParallel.SelectAsync(Source(), (item, _) => item, 2, testEnds))
                {
                    break;
                }
            },
            testEnds);
        await leaving.WaitAsync(Bound, testEnds);

        never.SetResult();
        await disposed.Task.WaitAsync(Bound, testEnds);
    }

    [Fact]
    public async Task A_call_under_way_is_told_that_the_reader_left_and_is_over_before_the_sequence_ends()
    {
        using SemaphoreSlim begun = new(0);
        int ended = 0;
        int Map(int item, CancellationToken stop)
        {
            if (item > 0)
            {
                begun.Release();
                stop.WaitHandle.WaitOne(Bound);
                Interlocked.Increment(ref ended);
                stop.ThrowIfCancellationRequested();
            }

            return item;
        }

        Task leaving = Task.Run(
            async () =>
            {
                await foreach (int item in OrderedParallel.SelectAsync(Enumerable.Range(0, 100), Map, 2, testEnds))
                {
                    await begun.WaitAsync(testEnds);
                    await begun.WaitAsync(testEnds);
                    break;
                }

                Assert.Equal(2, ended);
            },
            testEnds);

        await leaving.WaitAsync(Bound, testEnds);
    }

    [Fact]
    public async Task What_a_source_throws_when_it_is_left_does_not_reach_the_reader()
    {
        async IAsyncEnumerable<int> Source([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return 1;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Refuse();
            }
        }

        await foreach (int item in OrderedParallel.SelectAsync(Source(testEnds), (item, _) => item, 1, testEnds))
        {
            break;
        }

        static void Refuse() => throw new FormatException();
    }

    private static int Count(int item, CountdownEvent ready)
    {
        if (!ready.IsSet)
        {
            try
            {
                ready.Signal();
            }
            catch (InvalidOperationException)
            {
                // Another worker was the last.
            }
        }

        return item;
    }

    private async Task EverywhereAsync(Func<int, int, int, Task> leave)
    {
        foreach (int workers in Workers)
        {
            foreach (int items in Lengths)
            {
                foreach (int point in Points(items, workers))
                {
                    try
                    {
                        await Task.Run(() => leave(items, workers, point), testEnds).WaitAsync(Bound, testEnds);
                    }
                    catch (TimeoutException)
                    {
                        Assert.Fail($"{workers} workers never end when the reader of {items} items leaves at {point}");
                    }
                }
            }
        }
    }

    // The first and the last, and those about which the window is full for the last time.
    private static IEnumerable<int> Points(int items, int workers)
    {
        int full = items - (workers * 4);
        return new[] { 0, 1, 2, full - 2, full - 1, full, full + 1, items / 2, items - 2, items - 1 }.Where(point => point >= 0 && point < items).Distinct();
    }

    private async Task LeaveAsync(Way way, int items, int workers, int point, bool awaited)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(testEnds);
        using CountdownEvent ready = new(Math.Min(items, point + (workers * 4)));
        int Map(int item, CancellationToken _) => way == Way.Fail && item == point ? throw new FormatException() : Count(item, ready);

        if (way == Way.Fail)
        {
            ready.Signal();
        }

        IAsyncEnumerable<int> results = awaited
            ? OrderedParallel.SelectAsync(Enumerable.Range(0, items).ToAsyncEnumerable(), Map, workers, stop.Token)
            : OrderedParallel.SelectAsync(Enumerable.Range(0, items), Map, workers, stop.Token);
        int read = 0;
        try
        {
            await foreach (int item in results)
            {
                Assert.Equal(read++, item);
                if (item != point)
                {
                    continue;
                }

                ready.Wait(testEnds);
                switch (way)
                {
                    case Way.Break:
                        return;
                    case Way.Throw:
                        throw new FormatException();
                    case Way.CancelAndRead:
                        await stop.CancelAsync();
                        break;
                    default:
                        await stop.CancelAsync();
                        return;
                }
            }

            Assert.True(way == Way.CancelAndRead && read == items, $"read all {read} of {items} though it was to leave at {point}");
        }
        catch (FormatException) when (way is Way.Throw or Way.Fail)
        {
            Assert.Equal(way == Way.Throw ? point + 1 : point, read);
        }
        catch (OperationCanceledException) when (way == Way.CancelAndRead)
        {
            Assert.Equal(point + 1, read);
        }
    }
}
