using System.Runtime.CompilerServices;
using System.Threading.Tasks.Dataflow;

namespace InceptionMl.Scoring;

/// <summary>Maps a sequence on several threads at once, in order, with a bounded number of items under way.</summary>
internal static class OrderedParallel
{
    private const int ItemsPerWorker = 4;

    /// <summary>
    /// Applies <paramref name="map"/> to every item. At most <paramref name="workers"/> run at once; no more than four times as
    /// many are read ahead, so a slow reader holds back the source.
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
        TransformBlock<TIn, TOut> block = new(map, new ExecutionDataflowBlockOptions
        {
            MaxDegreeOfParallelism = workers,
            BoundedCapacity = workers * ItemsPerWorker,
            EnsureOrdered = true,
            CancellationToken = stop.Token,
        });
        Task feed = Task.Run(() => FeedAsync(source, block, stop.Token), CancellationToken.None);
        try
        {
            while (await block.OutputAvailableAsync(cancellationToken).ConfigureAwait(false))
            {
                while (block.TryReceive(out TOut? item))
                {
                    yield return item;
                }
            }

            await block.Completion.ConfigureAwait(false);
        }
        finally
        {
            // Where the reader leaves early, the items under way must be over before their buffers are disposed.
            await stop.CancelAsync().ConfigureAwait(false);
            await block.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (awaitSource)
            {
                await feed.ConfigureAwait(false);
            }
        }
    }

    private static async Task FeedAsync<TIn, TOut>(IAsyncEnumerable<TIn> source, TransformBlock<TIn, TOut> block, CancellationToken stop)
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

            block.Complete();
        }
        catch (Exception exception)
        {
            ((IDataflowBlock)block).Fault(exception);
        }
    }
}
