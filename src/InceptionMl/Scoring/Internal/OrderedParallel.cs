using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace InceptionMl.Scoring.Internal;

/// <summary>Maps a sequence on several threads at once, in order, with a bounded number of items under way.</summary>
public static class OrderedParallel
{
    private const int ItemsPerWorker = 4;

    // How long whoever leaves waits for a source that was told to stop. One that does not listen is left to itself.
    private static readonly TimeSpan SourceGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Applies <paramref name="map"/> to every item. At most <paramref name="workers"/> calls run at once; no more than four times as
    /// many items are read ahead, so a slow reader holds back the source. Where an item or the source fails, the sequence ends with
    /// its exception after the results of all items before. Where the reader leaves, the token that the calls are given is canceled,
    /// and the sequence ends when they have returned.
    /// </summary>
    public static IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IEnumerable<TIn> source, Func<TIn, CancellationToken, TOut> map, int workers, CancellationToken cancellationToken) =>
        SelectAsync(source, (item, token) => new ValueTask<TOut>(map(item, token)), workers, cancellationToken);

    /// <inheritdoc cref="SelectAsync{TIn, TOut}(IEnumerable{TIn}, Func{TIn, CancellationToken, TOut}, int, CancellationToken)"/>
    public static IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IEnumerable<TIn> source, Func<TIn, CancellationToken, ValueTask<TOut>> map, int workers, CancellationToken cancellationToken) =>
        // The source may be waiting for a terminal, which knows no cancellation: it ends by itself, and what it yields goes nowhere.
        SelectAsync(source.ToAsyncEnumerable(), map, workers, TimeSpan.Zero, cancellationToken);

    /// <summary>
    /// Gets the same over a source that is awaited, told to stop, and disposed before the sequence ends; one that does not stop within half
    /// a second is left to itself.
    /// </summary>
    public static IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source, Func<TIn, CancellationToken, TOut> map, int workers, CancellationToken cancellationToken) =>
        SelectAsync(source, (item, token) => new ValueTask<TOut>(map(item, token)), workers, SourceGrace, cancellationToken);

    /// <inheritdoc cref="SelectAsync{TIn, TOut}(IAsyncEnumerable{TIn}, Func{TIn, CancellationToken, TOut}, int, CancellationToken)"/>
    public static IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source, Func<TIn, CancellationToken, ValueTask<TOut>> map, int workers, CancellationToken cancellationToken) =>
        SelectAsync(source, map, workers, SourceGrace, cancellationToken);

    private static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source,
        Func<TIn, CancellationToken, ValueTask<TOut>> map,
        int workers,
        TimeSpan sourceGrace,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Window<TIn, TOut> window = new(map, workers, stop.Token);
        Task<ExceptionDispatchInfo?> feed = Task.Run(() => window.FeedAsync(source), CancellationToken.None);
        try
        {
            await foreach (Job<TIn, TOut> job in window.Ordered.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                (TOut? value, ExceptionDispatchInfo? failure) = await job.Result.WaitAsync(cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                failure?.Throw();
                yield return value!;
            }

            (await feed.ConfigureAwait(false))?.Throw();
        }
        finally
        {
            // Where the reader leaves early, the items under way must be over before their buffers are disposed.
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)feed).WaitAsync(sourceGrace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await window.StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The items under way: in the order of their results for the reader, and those not begun for the workers.</summary>
    private sealed class Window<TIn, TOut>(Func<TIn, CancellationToken, ValueTask<TOut>> map, int workers, CancellationToken stop)
    {
        private readonly Channel<Job<TIn, TOut>> ordered = Channel.CreateBounded<Job<TIn, TOut>>(
            new BoundedChannelOptions((int)Math.Min((long)workers * ItemsPerWorker, int.MaxValue)) { SingleReader = true, SingleWriter = true });

        private readonly Channel<Job<TIn, TOut>> waiting = Channel.CreateUnbounded<Job<TIn, TOut>>(new UnboundedChannelOptions { SingleWriter = true });
        private readonly List<Task> running = [];
        private readonly Lock gate = new();

        public ChannelReader<Job<TIn, TOut>> Ordered => ordered.Reader;

        /// <summary>Hands the source's items over, and starts a worker for each of the first.</summary>
        /// <returns>What the source threw; it is told after the results of the items before.</returns>
        public async Task<ExceptionDispatchInfo?> FeedAsync(IAsyncEnumerable<TIn> source)
        {
            try
            {
                await foreach (TIn item in source.WithCancellation(stop).ConfigureAwait(false))
                {
                    Job<TIn, TOut> job = new(item);
                    await ordered.Writer.WriteAsync(job, stop).ConfigureAwait(false);
                    waiting.Writer.TryWrite(job);
                    AddWorker();
                }

                return null;
            }
            catch (Exception exception)
            {
                return ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                ordered.Writer.Complete();
                waiting.Writer.Complete();
            }
        }

        /// <summary>Waits for the calls under way; the token to stop is canceled already, so that no other begins.</summary>
        public Task StopAsync()
        {
            lock (gate)
            {
                return Task.WhenAll(running);
            }
        }

        private void AddWorker()
        {
            // A source that was left to itself may get here after the end.
            lock (gate)
            {
                if (running.Count < workers && !stop.IsCancellationRequested)
                {
                    running.Add(Task.Run(WorkAsync, CancellationToken.None));
                }
            }
        }

        private async Task WorkAsync()
        {
            try
            {
                await foreach (Job<TIn, TOut> job in waiting.Reader.ReadAllAsync(stop).ConfigureAwait(false))
                {
                    stop.ThrowIfCancellationRequested();
                    await job.RunAsync(map, stop).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Nobody reads any more.
            }
        }
    }

    /// <summary>An item and its result to come.</summary>
    private sealed class Job<TIn, TOut>(TIn item)
    {
        private readonly TaskCompletionSource<(TOut? Value, ExceptionDispatchInfo? Failure)> result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Gets the result, or why there is none. The task itself does not fail: of one that nobody awaits nothing is said.</summary>
        public Task<(TOut? Value, ExceptionDispatchInfo? Failure)> Result => result.Task;

        public async ValueTask RunAsync(Func<TIn, CancellationToken, ValueTask<TOut>> map, CancellationToken stop)
        {
            try
            {
                result.SetResult((await map(item, stop).ConfigureAwait(false), null));
            }
            catch (Exception exception)
            {
                result.SetResult((default, ExceptionDispatchInfo.Capture(exception)));
            }
        }
    }
}
