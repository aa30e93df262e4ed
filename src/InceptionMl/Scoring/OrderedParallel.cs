using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Dataflow;

namespace InceptionMl.Scoring;

/// <summary>Maps a sequence on several threads at once, in order, with a bounded number of items under way.</summary>
internal static class OrderedParallel
{
    private const int ItemsPerWorker = 4;

    /// <summary>
    /// Applies <paramref name="map"/> to every item. At most <paramref name="workers"/> run at once; no more than four times as
    /// many are read ahead, so a slow reader holds back the source. Where an item or the source fails, the sequence ends with its
    /// exception after the results of all items before.
    /// </summary>
    public static IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IEnumerable<TIn> source, Func<TIn, TOut> map, int workers, CancellationToken cancellationToken) =>
        // The source may be waiting for a terminal, which knows no cancellation: it ends by itself, and what it yields goes nowhere.
        SelectAsync(source.ToAsyncEnumerable(), map, workers, awaitSource: false, cancellationToken);

    /// <summary>The same over a source that is awaited, told to stop, and disposed before the sequence ends.</summary>
    public static IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source, Func<TIn, TOut> map, int workers, CancellationToken cancellationToken) =>
        SelectAsync(source, map, workers, awaitSource: true, cancellationToken);

    private static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source, Func<TIn, TOut> map, int workers, bool awaitSource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CancellationToken stopped = stop.Token;
        TransformBlock<TIn, Mapped<TOut>> block = new(item => Map(item, map, stopped), new ExecutionDataflowBlockOptions
        {
            MaxDegreeOfParallelism = workers,
            BoundedCapacity = (int)Math.Min((long)workers * ItemsPerWorker, int.MaxValue),
            EnsureOrdered = true,
            CancellationToken = stopped,
        });
        Task<ExceptionDispatchInfo?> feed = Task.Run(() => FeedAsync(source, block, stopped), CancellationToken.None);
        try
        {
            while (await block.OutputAvailableAsync(cancellationToken).ConfigureAwait(false))
            {
                while (block.TryReceive(out Mapped<TOut> item))
                {
                    item.Failure?.Throw();
                    yield return item.Value!;
                }
            }

            await block.Completion.ConfigureAwait(false);
            (await feed.ConfigureAwait(false))?.Throw();
        }
        finally
        {
            // Where the reader leaves early, the items under way must be over before their buffers are disposed.
            await stop.CancelAsync().ConfigureAwait(false);

            // A block does not complete before its results are taken, not even when it is cancelled.
            using IDisposable drain = block.LinkTo(DataflowBlock.NullTarget<Mapped<TOut>>());
            await block.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (awaitSource)
            {
                await feed.ConfigureAwait(false);
            }
        }
    }

    private static Mapped<TOut> Map<TIn, TOut>(TIn item, Func<TIn, TOut> map, CancellationToken stop)
    {
        try
        {
            return new Mapped<TOut>(map(item), Failure: null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // The block would leave out an item that says it was cancelled, and throw away the results of those before any other failure.
            return new Mapped<TOut>(Value: default, ExceptionDispatchInfo.Capture(exception));
        }
    }

    /// <summary>Hands the source's items over.</summary>
    /// <returns>What the source threw. It is told after the results of the items before, which faulting the block would throw away.</returns>
    private static async Task<ExceptionDispatchInfo?> FeedAsync<TIn, TOut>(IAsyncEnumerable<TIn> source, TransformBlock<TIn, TOut> block, CancellationToken stop)
    {
        try
        {
            await foreach (TIn item in source.WithCancellation(stop).ConfigureAwait(false))
            {
                if (!await block.SendAsync(item, stop).ConfigureAwait(false))
                {
                    break;
                }
            }

            return null;
        }
        catch (Exception exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            block.Complete();
        }
    }

    /// <summary>An item's result, or why there is none.</summary>
    private readonly record struct Mapped<T>(T? Value, ExceptionDispatchInfo? Failure);
}
