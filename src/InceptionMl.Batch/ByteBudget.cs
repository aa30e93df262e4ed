namespace InceptionMl.Batch;

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
