using System.Collections.Concurrent;
using System.Diagnostics;

namespace InceptionMl.AspNetCore;

/// <summary>
/// The images of all requests, in the order they were accepted, and the workers that score them. Each image is a Run of its own,
/// so that its bits depend on nothing but the image; what is shared is the workers.
/// </summary>
internal sealed class ScoringQueue : IDisposable
{
    private readonly BlockingCollection<QueuedImage> waiting = [];
    private readonly ScoringMeters meters;
    private readonly TimeProvider time;
    private readonly string scorer;
    private readonly int workers;
    private Task running = Task.CompletedTask;

    public ScoringQueue(string scorer, int workers, ScoringMeters meters, TimeProvider time)
    {
        this.scorer = scorer;
        this.workers = workers;
        this.meters = meters;
        this.time = time;
    }

    /// <summary>Starts the workers, each a thread of its own: scoring never waits, and the pool's threads are for connections.</summary>
    public void Start() => running = Task.WhenAll(Enumerable.Range(0, workers).Select(_ =>
        Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    /// <summary>Puts an image at the end.</summary>
    /// <returns>False where the queue has been completed.</returns>
    public bool TryAdd(QueuedImage image)
    {
        try
        {
            waiting.Add(image);
            meters.Waits(scorer, 1);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Counts an image that was refused without a worker.</summary>
    public void CountRefused(string version) => meters.Refused(scorer, version);

    /// <summary>Takes no more images and returns when those accepted are scored.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        waiting.CompleteAdding();
        return running.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        if (running.IsCompleted)
        {
            waiting.Dispose();
        }
    }

    private void Work()
    {
        foreach (QueuedImage image in waiting.GetConsumingEnumerable())
        {
            meters.Waits(scorer, -1);
            long started = time.GetTimestamp();
            string version = image.ModelVersion;
            using Activity? activity = meters.StartImage(scorer, version, image.Parent);
            ImageResult? result = image.Run();
            string outcome = ScoringMeters.Outcome(result, image.Failure);
            meters.Scored(scorer, version, outcome, time.GetElapsedTime(image.Accepted, started), time.GetElapsedTime(started));
            activity?.SetTag(ScoringMeters.OutcomeTag, outcome);
            if (image.Failure is { } failure)
            {
                activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            }
        }
    }
}
