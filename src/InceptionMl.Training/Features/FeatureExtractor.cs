using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Models;
using InceptionMl.Scoring;
using InceptionMl.Scoring.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace InceptionMl.Training.Features;

/// <summary>
/// Images to features on all cores. Each worker takes an image the whole way: read, hash, look up, decode, infer; so decoding and
/// inference overlap, and an image's bits depend neither on its neighbors nor on what was cached. One owner disposes it.
/// </summary>
public sealed class FeatureExtractor : IDisposable
{
    private readonly Backbone backbone;
    private readonly FeatureOptions options;
    private readonly ImagePreparer preparer;
    private readonly FeatureCache? cache;
    private string? cacheFailure;
    private readonly Lazy<FeatureNetwork> network;
    private readonly ConcurrentBag<FeatureBuffers> rooms = [];
    private readonly ConcurrentBag<ImageFileBuffer> files = [];

    /// <summary>Opens the cache; the network is loaded when the first image needs it.</summary>
    /// <param name="backbone">The backbone to run.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    public FeatureExtractor(Backbone backbone, FeatureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        this.backbone = backbone;
        this.options = options ?? new FeatureOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Workers, nameof(options));
        preparer = new ImagePreparer(backbone.Preprocessing, this.options.Limits);
        network = new Lazy<FeatureNetwork>(OpenNetwork);
        cache = this.options.CacheFolder is { } folder ? OpenCache(folder) : null;
    }

    /// <summary>Gets the number of values per feature vector.</summary>
    public int Width => backbone.Card.Outputs.Features.Width;

    /// <summary>Gets what is wrong with the cache: features are then computed without it.</summary>
    /// <value>Null if nothing is wrong so far, and without a cache.</value>
    public Diagnostic? CacheProblem => (cacheFailure ?? cache?.Problem) is { } problem
        ? Diagnostic.Warning(DiagnosticIds.CacheFailed, problem + ".", options.CacheFolder)
        : null;

    /// <summary>Extracts features in order, in bounded memory. An image that cannot be read becomes a problem; the others go on.</summary>
    /// <param name="paths">The image files.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public async IAsyncEnumerable<ImageFeatures> ExtractAsync(
        IReadOnlyList<string> paths, IProgress<FeatureProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        IAsyncEnumerable<ImageViewFeatures> results = ExtractAsync(
            paths, [Cached(AugmentedView.Plain)], new FeatureProgress(0, paths.Count, 0, 0), progress, cancellationToken);
        await foreach (ImageViewFeatures image in results.ConfigureAwait(false))
        {
            yield return new ImageFeatures(image.Index, image.Hash, image.Vectors?[0], image.Hits > 0, image.Problem);
        }
    }

    /// <summary>Extracts several views of each image, in order, in bounded memory; an image is decoded once for its views.</summary>
    /// <param name="paths">The image files.</param>
    /// <param name="views">The views of each.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    internal IAsyncEnumerable<ImageViewFeatures> ExtractViewsAsync(
        IReadOnlyList<string> paths,
        IReadOnlyList<AugmentedView> views,
        IProgress<FeatureProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ExtractAsync(paths, [.. views.Select(Cached)], new FeatureProgress(0, paths.Count, 0, 0, views.Count), progress, cancellationToken);

    /// <summary>Commits what is to be cached.</summary>
    /// <returns>What is wrong with the cache; null if nothing is.</returns>
    internal Diagnostic? CommitCache()
    {
        cache?.Flush();
        return CacheProblem;
    }

    /// <summary>Commits the cache and releases the network.</summary>
    public void Dispose()
    {
        foreach (FeatureBuffers room in rooms)
        {
            room.Dispose();
        }

        if (network.IsValueCreated)
        {
            network.Value.Dispose();
        }

        cache?.Dispose();
    }

    private async IAsyncEnumerable<ImageViewFeatures> ExtractAsync(
        IReadOnlyList<string> paths,
        CachedView[] views,
        FeatureProgress state,
        IProgress<FeatureProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        IAsyncEnumerable<ImageViewFeatures> results = OrderedParallel.SelectAsync(
            Enumerable.Range(0, paths.Count), (index, stop) => Extract(index, paths[index], views, stop), workers, cancellationToken);
        await foreach (ImageViewFeatures image in results.ConfigureAwait(false))
        {
            state = state with
            {
                Done = state.Done + 1,
                Hits = state.Hits + (image.Hits == views.Length ? 1 : 0),
                Unreadable = state.Unreadable + (image.Problem is null ? 0 : 1),
            };
            progress?.Report(state);
            yield return image;
        }
    }

    private FeatureCache? OpenCache(string folder)
    {
        try
        {
            return FeatureCache.Open(folder, options.Time);
        }
        catch (FeatureCacheException exception)
        {
            cacheFailure = exception.Message;
            return null;
        }
    }

    private CachedView Cached(AugmentedView view) => new(view, cache?.Space(Space(view)) ?? 0);

    private string Space(AugmentedView view)
    {
        string runtime = typeof(InferenceSession).Assembly.GetName().Version!.ToString();
        string decoder = typeof(SKCodec).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return $"network {backbone.Digest}; {backbone.Preprocessing.ToCanonicalString()}; view {view.Name}; onnxruntime {runtime}; skia {decoder}";
    }

    private FeatureNetwork OpenNetwork()
    {
        try
        {
            return FeatureNetwork.Open(backbone.Network, backbone.Card.Outputs.Features.Width);
        }
        catch (ModelFormatException exception)
        {
            throw new BackboneException($"The backbone {backbone.Card.Name} {exception.Message}", exception);
        }
    }

    private ImageViewFeatures Extract(int index, string path, CachedView[] views, CancellationToken cancellationToken)
    {
        if (!files.TryTake(out ImageFileBuffer? file))
        {
            file = new ImageFileBuffer(options.Limits.MaxFileBytes);
        }

        ContentHash hash = default;
        try
        {
            ReadOnlyMemory<byte> encoded = file.Read(path);
            cancellationToken.ThrowIfCancellationRequested();
            byte[] key = SHA256.HashData(encoded.Span);
            hash = ContentHash.FromBytes(key);
            float[][] vectors = [.. views.Select(_ => new float[Width])];
            int[] missing = [.. Enumerable.Range(0, views.Length).Where(i => cache?.TryGet(views[i].Space, key, vectors[i]) != true)];
            if (missing.Length > 0)
            {
                Infer(encoded, [.. missing.Select(i => views[i].View.Of(hash))], [.. missing.Select(i => vectors[i])], cancellationToken);
            }

            foreach (int i in missing)
            {
                cache?.Put(views[i].Space, key, vectors[i]);
            }

            return new ImageViewFeatures(index, hash, vectors, views.Length - missing.Length, Problem: null);
        }
        catch (ImageRefusedException exception)
        {
            return new ImageViewFeatures(index, hash, Vectors: null, Hits: 0, exception.Message);
        }
        finally
        {
            file.Trim();
            files.Add(file);
        }
    }

    private void Infer(ReadOnlyMemory<byte> encoded, ImageView[] views, float[][] vectors, CancellationToken cancellationToken)
    {
        if (!rooms.TryTake(out FeatureBuffers? room))
        {
            room = new FeatureBuffers(network.Value);
        }

        try
        {
            preparer.PrepareViews(encoded, views, room.Rgb, view =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                Infer(room, vectors[view]);
            });
        }
        finally
        {
            rooms.Add(room);
        }
    }

    private void Infer(FeatureBuffers room, float[] vector)
    {
        ImagePreparer.ToPlanar(room.Rgb, room.Planes);
        network.Value.Run(room);
        room.Features.CopyTo(vector);
        if (!Array.TrueForAll(vector, float.IsFinite))
        {
            throw new BackboneException(
                $"The backbone {backbone.Card.Name} gives features that are not finite numbers: check the offset and scale it is fed with");
        }
    }

    /// <summary>A view and the cache's number for its features.</summary>
    private readonly record struct CachedView(AugmentedView View, long Space);
}
