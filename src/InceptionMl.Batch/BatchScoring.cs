using System.Runtime.CompilerServices;
using InceptionMl.Internal;
using InceptionMl.Scoring;

namespace InceptionMl.Batch;

/// <summary>Scores a batch of any length in bounded memory.</summary>
public static class BatchScoring
{
    /// <summary>
    /// Scores inputs on all of the scorer's workers, in order. Inputs are read as they are scored: four per worker ahead, and of images
    /// held in memory no more than <see cref="BatchOptions.MaxHeldBytes"/>.
    /// </summary>
    /// <param name="scorer">The model.</param>
    /// <param name="inputs">The images.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public static async IAsyncEnumerable<ScoreRow> ScoreAsync(
        ImageScorer scorer, IAsyncEnumerable<BatchInput> inputs, BatchOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentNullException.ThrowIfNull(inputs);
        ByteBudget budget = new(OptionsCheck.Validated(options).MaxHeldBytes);
        await foreach (ScoringResult result in scorer.ScoreAsync(ImagesAsync(inputs, budget, cancellationToken),
            cancellationToken).ConfigureAwait(false))
        {
            BatchInput input = (BatchInput)result.Source!.Tag!;
            budget.GiveBack(input.HeldBytes);
            yield return ScoreRow.Create(result, input.Id);
        }
    }

    private static async IAsyncEnumerable<ImageSource> ImagesAsync(
        IAsyncEnumerable<BatchInput> inputs, ByteBudget budget,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BatchInput input in inputs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await budget.TakeAsync(input.HeldBytes, cancellationToken).ConfigureAwait(false);
            yield return input.Image.WithTag(input);
        }
    }
}

/// <summary>Bytes that may be held at once; whoever wants more waits until enough are given back. One lot of any size always fits an empty budget.</summary>
internal sealed class ByteBudget(long capacity)
{
    private readonly Lock gate = new();
    private long held;
    private TaskCompletionSource released = NewSignal();

    public async Task TakeAsync(long bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (held == 0 || held + bytes <= capacity)
                {
                    held += bytes;
                    return;
                }

                next = released.Task;
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void GiveBack(long bytes)
    {
        TaskCompletionSource waited;
        lock (gate)
        {
            held -= bytes;
            (waited, released) = (released, NewSignal());
        }

        waited.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
