using InceptionMl.Images;
using InceptionMl.Models;
using InceptionMl.Models.Registry;
using InceptionMl.Scoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace InceptionMl.AspNetCore;

/// <summary>
/// A named scorer of an application: one model, one bounded queue of images, and workers that all requests share. It is opened and
/// warmed up when the application starts, follows the promoted version of a registry, and scores what it accepted before it stops.
/// An application's own code gets it as a service: <c>HostedImageScorer scorer</c> where it is the only one, and by its name where there are
/// several: <c>[FromKeyedServices("defects")] HostedImageScorer scorer</c>.
/// </summary>
public sealed class HostedImageScorer : IDisposable
{
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Admission admission;
    private readonly ScoringQueue queue;
    private readonly CancellationTokenSource abandon = new();
    private readonly CancellationTokenSource readingOver;
    private readonly CancellationTokenRegistration stopping;
    private readonly int workers;
    private ReloadingImageScorer? models;
    private volatile bool accepting;
    private int disposed;

    /// <param name="name">The name it is registered under.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="meters">Where it is measured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it tells of itself.</param>
    /// <param name="applicationStopping">Canceled when the application begins to stop, while the server still answers.</param>
    internal HostedImageScorer(
        string name,
        ImageScoringOptions options,
        ScoringMeters meters,
        TimeProvider time,
        ILogger<HostedImageScorer> logger,
        CancellationToken applicationStopping)
    {
        Name = name;
        Options = options;
        Meters = meters;
        this.time = time;
        this.logger = logger;
        admission = new Admission(options.QueueLength, options.MaxHeldBytes);
        workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        queue = new ScoringQueue(name, workers, meters, time);
        readingOver = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        stopping = applicationStopping.UnsafeRegister(_ => readingOver.CancelAfter(options.ReadingAfterStop), state: null);
    }

    /// <summary>Gets the name it was registered under.</summary>
    public string Name { get; }

    /// <summary>
    /// Gets the version that is served now: the registry's name for it, or the first 12 hexadecimal digits of the zip's SHA-256; null before
    /// the start.
    /// </summary>
    public string? ModelVersion => models?.ModelVersion;

    /// <summary>Gets a value that indicates whether the scorer is warmed up and was not stopped yet.</summary>
    public bool IsReady => accepting;

    internal ImageScoringOptions Options { get; }

    internal ScoringMeters Meters { get; }

    /// <summary>Images accepted and not yet scored.</summary>
    internal int Waiting => admission.Images;

    /// <summary>Canceled a moment after the application began to stop: a body that has not come by then is not waited for.</summary>
    internal CancellationToken ReadingOver => readingOver.Token;

    /// <summary>Bytes of requests that are held in memory.</summary>
    internal long HeldBytes => admission.Bytes;

    /// <summary>Scores an encoded image in turn with those of the requests.</summary>
    /// <param name="image">The bytes of a JPEG, PNG, WebP, BMP or GIF file, which must not change before the task ends.</param>
    /// <param name="cancellationToken">A token to cancel the operation, if no worker has taken the image yet.</param>
    /// <exception cref="ImageRefusedException">The message says why the image cannot be read.</exception>
    /// <exception cref="ScoringOverloadedException">The queue is full, or the application is not ready or stopping.</exception>
    public async Task<ScoredImage> ScoreAsync(ReadOnlyMemory<byte> image, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, abandon.Token);
        try
        {
            using ImageBatch batch = Admit(declaredBytes: 0, explains: false, stop.Token);
            ImageResult result = await batch.Add(image).ConfigureAwait(false);
            return result.Image ?? throw new ImageRefusedException(result.Error!) { Reason = result.Reason!.Value };
        }
        catch (RequestRefusedException exception)
        {
            throw new ScoringOverloadedException(exception.Message, exception)
            {
                Reason = exception.Rejection == RequestRefusedException.StoppingWord ? ScoringOverloadedReason.Stopping : ScoringOverloadedReason.QueueFull,
            };
        }
    }

    /// <summary>Refuses new images, and lets go of the model when those under way are over.</summary>
    public void Dispose()
    {
        // The container disposes it under its name and, where it is the only one, without.
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        accepting = false;
        stopping.Dispose();
        queue.Dispose();
        Corrections?.Dispose();
        models?.Dispose();
        abandon.Dispose();
        readingOver.Dispose();
    }

    /// <summary>Lets a request in. The token is linked with the end of the time to stop.</summary>
    /// <exception cref="RequestRefusedException">Too much is waiting, or the service is not ready or stopping.</exception>
    internal ImageBatch Admit(long declaredBytes, bool explains, CancellationToken cancellationToken)
    {
        if (!accepting)
        {
            throw RequestRefusedException.Stopping();
        }

        return admission.HasRoom(declaredBytes)
            ? new ImageBatch(queue, admission, models!.Acquire(), Options, time, cancellationToken) { Explains = explains }
            : throw RequestRefusedException.Overloaded();
    }

    /// <summary>Gets the model that serves now, for one request: dispose it after.</summary>
    /// <exception cref="RequestRefusedException">The service is not ready or stopping.</exception>
    internal ImageScorer Acquire() => accepting ? models!.Acquire() : throw RequestRefusedException.Stopping();

    /// <summary>Where corrections are kept; null if they are not.</summary>
    internal CorrectionFolder? Corrections { get; private set; }

    /// <summary>Gets the time one request has: it ends with the request, after the time-out, and when the time to stop is over.</summary>
    internal RequestLimit Limit(CancellationToken requestAborted) => new(time, Options.RequestTimeout, requestAborted, abandon.Token);

    /// <exception cref="ImageScorerStartException">The model cannot be opened.</exception>
    internal void Start()
    {
        try
        {
            models = ReloadingImageScorer.Open(Options.OpenSource(), Options.ForModel(new ReloadLog(Name, logger)), time);
        }
        catch (Exception exception) when (exception is ModelFormatException or RegistryException or IOException or UnauthorizedAccessException)
        {
            string reason = exception is FileNotFoundException or DirectoryNotFoundException
                ? $"{Options.Description} does not exist"
                : exception.Message.TrimEnd('.');
            throw new ImageScorerStartException($"The scorer '{Name}' cannot start: {reason}.", exception);
        }

        try
        {
            Corrections = Options.CollectFolder is { Length: > 0 } folder ? CorrectionFolder.Open(folder, Options.MaxCollectedBytes, time) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageScorerStartException(
                $"The scorer '{Name}' cannot start: corrections cannot be kept in {Options.CollectFolder}: {exception.Message.TrimEnd('.')}", exception)
            {
                Reason = ImageScorerStartReason.CollectFolder,
                Path = Options.CollectFolder,
            };
        }

        queue.Start();
        accepting = true;
        Log.Ready(logger, Name, ModelVersion!, Options.Description, workers);
    }

    /// <summary>Accepts no more and returns when what was accepted is scored, or the time to stop is over.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        accepting = false;
        try
        {
            await queue.CompleteAsync(cancellationToken).ConfigureAwait(false);
            Log.Stopped(logger, Name);
        }
        catch (OperationCanceledException)
        {
            Log.Abandoned(logger, Name, Waiting);
            await abandon.CancelAsync().ConfigureAwait(false);
        }
    }
}

/// <summary>A name that a scorer was registered under.</summary>
internal sealed record RegisteredScorer(string Name)
{
    /// <summary>Gets the name of a scorer to map.</summary>
    /// <param name="provider">The application's services.</param>
    /// <param name="name">The name that was given; null is the only scorer.</param>
    /// <exception cref="InvalidOperationException">No scorer of this name is registered, or none is named where there are several.</exception>
    public static string Find(IServiceProvider provider, string? name) => Find(provider, name, "name one in MapImageScoring");

    /// <summary>Gets the name of the only scorer.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public static string Only(IServiceProvider provider) => Find(provider, name: null, "ask for one by its name, with [FromKeyedServices]");

    private static string Find(IServiceProvider provider, string? name, string otherwise)
    {
        string[] names = [.. provider.GetServices<RegisteredScorer>().Select(s => s.Name)];
        return (name, names) switch
        {
            (not null, _) when names.Contains(name) => name,
            (null, [string only]) => only,
            (_, []) => throw new InvalidOperationException("No scorer is registered: call services.AddImageScorer before the application is built."),
            (null, _) => throw new InvalidOperationException($"Several scorers are registered ({string.Join(", ", names)}): {otherwise}."),
            _ => throw new InvalidOperationException($"No scorer named '{name}' is registered: there is {string.Join(", ", names)}."),
        };
    }
}

/// <summary>
/// Starts a scorer before the server listens, so that the first request meets a warm model. When the application stops, the server
/// has answered what it accepted before this is told to stop.
/// </summary>
internal sealed class ScorerService(HostedImageScorer scorer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(scorer.Start, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => scorer.StopAsync(cancellationToken);
}
