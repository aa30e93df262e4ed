using InceptionMl.Scoring.Internal;

namespace InceptionMl.Tests.Scoring;

public sealed class OrderedParallelTests
{
    [Fact]
    public async Task Results_come_in_the_order_of_the_source()
    {
        int[] results = await OrderedParallel
            .SelectAsync(Enumerable.Range(0, 1000), (i, _) => i * 2, workers: 4, TestContext.Current.CancellationToken)
            .ToArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => i * 2), results);
    }

    [Fact]
    public async Task A_reader_that_waits_holds_back_the_source()
    {
        int read = 0;
        IEnumerable<int> Source()
        {
            for (int i = 0; i < 10_000; i++)
            {
                Interlocked.Increment(ref read);
                yield return i;
            }
        }

        await foreach (int item in OrderedParallel.SelectAsync(Source(), (i, _) => i, workers: 2, TestContext.Current.CancellationToken))
        {
            // Eight under way, one waiting to be sent, one taken: never far ahead of the reader.
            Assert.InRange(Volatile.Read(ref read), 1, item + 20);
            if (item == 500)
            {
                break;
            }
        }

        Assert.InRange(read, 500, 520);
    }

    [Fact]
    public async Task A_failing_item_ends_the_sequence_with_its_exception() => await Assert.ThrowsAsync<FormatException>(async () =>
        await OrderedParallel.SelectAsync(Enumerable.Range(0, 100), (i, _) => i == 50 ? throw new FormatException() : i, 2, TestContext.Current.CancellationToken)
            .CountAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_item_that_says_it_was_canceled_ends_the_sequence_and_is_not_left_out()
    {
        List<int> results = [];
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (int result in OrderedParallel.SelectAsync(
                Enumerable.Range(0, 100), (i, _) => i == 50 ? throw new OperationCanceledException() : i, 2, TestContext.Current.CancellationToken))
            {
                results.Add(result);
            }
        });

        Assert.Equal(Enumerable.Range(0, 50), results);
    }

    [Fact]
    public async Task A_failing_source_ends_the_sequence_with_its_exception_after_what_it_gave_before()
    {
        using SemaphoreSlim failed = new(0);
        IEnumerable<int> Source()
        {
            yield return 1;
            yield return 2;
            yield return 3;
            failed.Release(3);
            throw new FormatException();
        }

        int Late(int item, CancellationToken stop)
        {
            failed.Wait(TestContext.Current.CancellationToken);
            return item;
        }

        List<int> results = [];
        await Assert.ThrowsAsync<FormatException>(async () =>
        {
            await foreach (int result in OrderedParallel.SelectAsync(Source(), Late, 1, TestContext.Current.CancellationToken))
            {
                results.Add(result);
            }
        });

        Assert.Equal([1, 2, 3], results);
    }

    [Fact]
    public async Task As_many_workers_as_there_are_numbers_are_no_overflow() => Assert.Equal(
        3, await OrderedParallel.SelectAsync(Enumerable.Range(0, 3), (i, _) => i, int.MaxValue, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));

    [Fact]
    public async Task Canceling_ends_the_sequence()
    {
        using CancellationTokenSource stop = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (int item in OrderedParallel.SelectAsync(Enumerable.Range(0, int.MaxValue), (i, _) => i, 2, stop.Token))
            {
                if (item == 10)
                {
                    await stop.CancelAsync();
                }
            }
        });
    }
}
