using InceptionMl.Internal;

namespace InceptionMl.Scoring;

/// <summary>
/// The model in service, replaced while it is used: whoever acquired a scorer finishes on it, whoever comes after gets the version
/// promoted since. A version that cannot be opened is reported and leaves the one before it serving. Thread-safe.
/// </summary>
public sealed class ReloadingImageScorer : IDisposable
{
    private static readonly TimeSpan RegistryInterval = TimeSpan.FromSeconds(5);

    private readonly IModelSource source;
    private readonly ImageScorerOptions options;
    private readonly TimeProvider time;
    private readonly IProgress<ModelReload>? progress;
    private readonly PeriodicTimer? timer;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim refreshing = new(1, 1);
    private ImageScorer current;
    private string? lastProblem;
    private bool disposed;

    private ReloadingImageScorer(IModelSource source, PromotedModel first, ReloadingOptions options, TimeProvider? time)
    {
        this.source = source;
        this.time = time ?? TimeProvider.System;
        this.options = options.Scorer;
        progress = options.Progress;
        timer = options.PollInterval is { } interval ? new PeriodicTimer(interval, this.time) : null;
        try
        {
            current = Open(first);
        }
        catch
        {
            timer?.Dispose();
            throw;
        }

        if (timer is not null)
        {
            _ = PollAsync(timer);
        }
    }

    /// <summary>Gets the version that serves now.</summary>
    public string ModelVersion
    {
        get
        {
            lock (gate)
            {
                return current.ModelVersion!;
            }
        }
    }

    /// <summary>Opens the promoted model, warmed up.</summary>
    /// <param name="source">Names it, now and at every refresh.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="timeProvider">The clock that polling and deadlines go by; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="Models.ModelFormatException">The model cannot be used; there is no older one to serve.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The source names no model, or one without a version or a path.</exception>
    public static ReloadingImageScorer Open(IModelSource source, ReloadingOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = OptionsCheck.Validated(options);
        PromotedModel first = Task.Run(() => GetPromotedAsync(source, CancellationToken.None)).GetAwaiter().GetResult();
        return new ReloadingImageScorer(source, first, options, timeProvider);
    }

    /// <summary>Opens the promoted model, warmed up, without holding the calling thread.</summary>
    /// <param name="source">Names the model, now and at every refresh.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="timeProvider">The clock that polling and deadlines go by; null for the system's.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <exception cref="Models.ModelFormatException">The model cannot be used; there is no older one to serve.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidOperationException">The source names no model, or one without a version or a path.</exception>
    public static async Task<ReloadingImageScorer> OpenAsync(
        IModelSource source, ReloadingOptions? options = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = OptionsCheck.Validated(options);
        PromotedModel first = await GetPromotedAsync(source, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => new ReloadingImageScorer(source, first, options, timeProvider), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="Open(IModelSource, ReloadingOptions?, TimeProvider?)"/>
    public static ReloadingImageScorer Open(Func<PromotedModel> source, ReloadingOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Open(new FunctionSource(source), options, timeProvider);
    }

    /// <summary>Opens the promoted version of a registry, warmed up, and follows what is promoted after.</summary>
    /// <param name="folder">The registry's folder.</param>
    /// <param name="options">Null takes every default and asks the registry every 5 seconds.</param>
    /// <param name="timeProvider">The clock that polling and deadlines go by; null for the system's.</param>
    /// <exception cref="Models.Registry.RegistryException">The registry cannot be read, or has no promoted version.</exception>
    /// <exception cref="Models.ModelFormatException">The model cannot be used; there is no older one to serve.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ReloadingImageScorer OpenRegistry(string folder, ReloadingOptions? options = null, TimeProvider? timeProvider = null) =>
        Open(new RegistryModel(folder), options ?? new ReloadingOptions { PollInterval = RegistryInterval }, timeProvider);

    /// <summary>
    /// A scorer of the version that serves now, for one request or one batch: dispose it after. It stays on its version, which
    /// <see cref="ImageScorer.ModelVersion"/> and every answer name, and the version's memory is released with its last scorer.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The application is ending.</exception>
    public ImageScorer Acquire()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return current.Share();
        }
    }

    /// <summary>
    /// Asks the source, and where it names another version opens that, warms it up and puts it in service. The version before
    /// serves until then, and afterwards where the new one cannot be opened.
    /// </summary>
    /// <param name="cancellationToken">A token to cancel the operation. It stops before the new version is in service.</param>
    /// <returns>What came of it; a problem is told here, not thrown.</returns>
    /// <exception cref="ObjectDisposedException">The application is ending.</exception>
    public async Task<ModelReload> RefreshAsync(CancellationToken cancellationToken = default)
    {
        await refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task<ModelReload> refresh = Task.Run(
            async () =>
            {
                ModelReload reload = await ReplaceAsync(cancellationToken).ConfigureAwait(false);
                Report(reload);
                return reload;
            },
            cancellationToken);

        // A source may be held up by a disk or a network that knows no cancellation: whoever cancels does not wait for it, the next refresh does.
        _ = refresh.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                refreshing.Release();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await refresh.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends polling and refuses new scorers; those acquired before work until they are disposed.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
        }

        timer?.Dispose();
        current.Dispose();
    }

    private async Task<ModelReload> ReplaceAsync(CancellationToken cancellationToken)
    {
        string serving;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            serving = current.ModelVersion!;
        }

        PromotedModel? wanted = null;
        ImageScorer next;
        try
        {
            wanted = await GetPromotedAsync(source, cancellationToken).ConfigureAwait(false);
            if (wanted.Version == serving)
            {
                return new ModelReload(serving, Replaced: null, Problem: null);
            }

            cancellationToken.ThrowIfCancellationRequested();
            next = Open(wanted, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a source or a file may do, the version in service goes on serving.
            string subject = wanted is null ? "The promoted model is not known" : $"Version {wanted.Version} could not be opened";
            return new ModelReload(serving, Replaced: null, $"{subject}, so {serving} goes on serving: {exception.Message}");
        }

        return Swap(next);
    }

    private ModelReload Swap(ImageScorer next)
    {
        ImageScorer before;
        lock (gate)
        {
            if (disposed)
            {
                next.Dispose();
                ObjectDisposedException.ThrowIf(disposed, this);
            }

            before = current;
            current = next;
        }

        before.Dispose();
        return new ModelReload(next.ModelVersion!, before.ModelVersion, Problem: null);
    }

    private static async Task<PromotedModel> GetPromotedAsync(IModelSource source, CancellationToken cancellationToken)
    {
        PromotedModel? model = await source.GetCurrentAsync(cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(model?.Version) || string.IsNullOrEmpty(model.Path)
            ? throw new InvalidOperationException("The source of the promoted model named none, or one without a version or a path.")
            : model;
    }

    private ImageScorer Open(PromotedModel model, CancellationToken cancellationToken = default)
    {
        ImageScorer scorer = ImageScorer.Open(model.Path, options, time, model.Version);
        try
        {
            scorer.WarmUp(cancellationToken);
            return scorer;
        }
        catch
        {
            scorer.Dispose();
            throw;
        }
    }

    private void Report(ModelReload reload)
    {
        bool known = reload.Problem == lastProblem;
        lastProblem = reload.Problem;
        if (known && !reload.Swapped)
        {
            return;
        }

        try
        {
            progress?.Report(reload);
        }
        catch (Exception)
        {
            // What is reported has happened; whoever is told cannot undo it, nor end the polling.
        }
    }

    private async Task PollAsync(PeriodicTimer ticks)
    {
        while (await ticks.WaitForNextTickAsync().ConfigureAwait(false))
        {
            try
            {
                await RefreshAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The application is ending, which ends the ticks too; nothing else may end them.
            }
        }
    }

    private sealed class FunctionSource(Func<PromotedModel> current) : IModelSource
    {
        public ValueTask<PromotedModel> GetCurrentAsync(CancellationToken cancellationToken) => new(current());
    }
}
