using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using InceptionMl.Backbones;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Inference.Internal;
using InceptionMl.Internal;
using InceptionMl.Scoring.Internal;
using InceptionMl.Training.Augmentation;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Features.Internal;

namespace InceptionMl.Training.Features;

/// <summary>
/// Images to features on all cores. Each worker takes an image the whole way: read, hash, look up, decode, infer; so decoding and
/// inference overlap, and an image's bits depend neither on its neighbors nor on what was cached. One owner disposes it.
/// </summary>
internal sealed class FeatureExtractor : IDisposable
{
    private readonly Backbone backbone;
    private readonly FeatureOptions options;
    private readonly ImagePreparer preparer;
    private readonly TimeProvider time;
    private readonly FeatureCache? cache;
    private string? cacheFailure;
    private readonly Lazy<FeatureNetwork> network;
    private readonly ConcurrentBag<FeatureBuffers> rooms = [];
    private readonly ConcurrentBag<ImageFileBuffer> files = [];

    /// <summary>Opens the cache; the network is loaded when the first image needs it.</summary>
    /// <param name="backbone">The backbone to run.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="time">The clock that paces the cache's commits; null is the system's.</param>
    public FeatureExtractor(Backbone backbone, FeatureOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        this.backbone = backbone;
        this.options = options ?? new FeatureOptions();
        this.time = time ?? TimeProvider.System;
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
        ? Diagnostic.Warning(DiagnosticIds.CacheFailed, problem, options.CacheFolder)
        : null;

    /// <summary>Extracts features in order, in bounded memory. An image that cannot be read becomes a problem; the others go on.</summary>
    /// <param name="paths">The image files.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public IAsyncEnumerable<ImageFeatures> ExtractAsync(
        IReadOnlyList<string> paths, IProgress<FeatureProgress>? progress = null, CancellationToken cancellationToken = default) =>
        ExtractAsync(paths, fingerprints: false, progress, cancellationToken);

    /// <summary>Extracts features as the other overload, and from the same pixels what each image looks like.</summary>
    /// <param name="paths">The image files.</param>
    /// <param name="fingerprints">Whether fingerprints are wanted.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    public async IAsyncEnumerable<ImageFeatures> ExtractAsync(
        IReadOnlyList<string> paths, bool fingerprints, IProgress<FeatureProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        IAsyncEnumerable<ImageCopyFeatures> results = ExtractAsync(
            paths, [Cached(AugmentedCopy.Plain)], fingerprints, new FeatureProgress(0, paths.Count, 0, 0), progress, cancellationToken);
        await foreach (ImageCopyFeatures image in results.ConfigureAwait(false))
        {
            yield return new ImageFeatures(image.Index, image.Hash, image.Vectors?[0], image.Hits > 0, image.Problem) { Fingerprint = image.Fingerprint };
        }
    }

    /// <summary>Extracts several copies of each image, in order, in bounded memory; an image is decoded once for its copies.</summary>
    /// <param name="paths">The image files.</param>
    /// <param name="copies">The copies of each.</param>
    /// <param name="progress">Told after each image.</param>
    /// <param name="cancellationToken">Stops between images.</param>
    internal IAsyncEnumerable<ImageCopyFeatures> ExtractCopiesAsync(
        IReadOnlyList<string> paths,
        IReadOnlyList<AugmentedCopy> copies,
        IProgress<FeatureProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        ExtractAsync(paths, [.. copies.Select(Cached)], fingerprints: false, new FeatureProgress(0, paths.Count, 0, 0, copies.Count), progress, cancellationToken);

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

    private async IAsyncEnumerable<ImageCopyFeatures> ExtractAsync(
        IReadOnlyList<string> paths,
        CachedCopy[] copies,
        bool fingerprints,
        FeatureProgress state,
        IProgress<FeatureProgress>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long? looks = fingerprints ? cache?.Space(ImageFingerprint.CanonicalRule) ?? 0 : null;
        int workers = options.Workers == 0 ? Environment.ProcessorCount : options.Workers;
        IAsyncEnumerable<ImageCopyFeatures> results = OrderedParallel.SelectAsync(
            Enumerable.Range(0, paths.Count), (index, stop) => Extract(index, paths[index], copies, looks, stop), workers, cancellationToken);
        await foreach (ImageCopyFeatures image in results.ConfigureAwait(false))
        {
            state = state with
            {
                Done = state.Done + 1,
                Hits = state.Hits + (image.Hits == copies.Length ? 1 : 0),
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
            return FeatureCache.Open(folder, time);
        }
        catch (FeatureCacheException exception)
        {
            cacheFailure = exception.Message;
            return null;
        }
    }

    private CachedCopy Cached(AugmentedCopy copy) => new(copy, cache?.Space(FeatureSpace.Create(backbone.Digest, backbone.Preprocessing, copy.Name)) ?? 0);

    private FeatureNetwork OpenNetwork() => FeatureNetwork.Open(backbone.Network, Subject.FromBackbone(backbone.Card.Name), backbone.Card.Outputs.Features.Width);

    private ImageCopyFeatures Extract(int index, string path, CachedCopy[] copies, long? looks, CancellationToken cancellationToken)
    {
        if (!files.TryTake(out ImageFileBuffer? file))
        {
            file = new ImageFileBuffer(options.Limits.MaxFileBytes);
        }

        ContentHash hash = default;
        try
        {
            ReadOnlyMemory<byte> encoded = file.Read(path, Subject.FromFile(path));
            cancellationToken.ThrowIfCancellationRequested();
            byte[] key = SHA256.HashData(encoded.Span);
            hash = ContentHash.FromBytes(key);
            float[][] vectors = [.. copies.Select(_ => new float[Width])];
            int[] missing = [.. Enumerable.Range(0, copies.Length).Where(i => cache?.TryGet(copies[i].Space, key, vectors[i]) != true)];
            ImageFingerprint? fingerprint = looks is { } known && cache?.TryGet(known, key) is { Length: ImageFingerprint.Bytes } stored ? ImageFingerprint.FromBytes(stored) : null;
            bool isUnknown = looks is not null && fingerprint is null;
            byte[] thumbnail = isUnknown ? new byte[GrayThumbnail.Bytes] : [];
            if (missing.Length > 0)
            {
                Infer(encoded, [.. missing.Select(i => copies[i].Copy.Draw(hash))], [.. missing.Select(i => vectors[i])], thumbnail, cancellationToken);
            }
            else if (isUnknown)
            {
                // The features may be older than fingerprints: no network is needed.
                preparer.Prepare(encoded, [], [], static _ => { }, thumbnail);
            }

            foreach (int i in missing)
            {
                cache?.Put(copies[i].Space, key, vectors[i]);
            }

            if (isUnknown)
            {
                fingerprint = ImageFingerprint.FromThumbnail(thumbnail);
                cache?.Put(looks!.Value, key, fingerprint.ToBytes());
            }

            return new ImageCopyFeatures(index, hash, vectors, copies.Length - missing.Length, Problem: null) { Fingerprint = fingerprint };
        }
        catch (ImageRefusedException exception)
        {
            return new ImageCopyFeatures(index, hash, Vectors: null, Hits: 0, exception.Description);
        }
        finally
        {
            file.Trim();
            files.Add(file);
        }
    }

    private void Infer(ReadOnlyMemory<byte> encoded, ImageVariant[] copies, float[][] vectors, byte[] thumbnail, CancellationToken cancellationToken)
    {
        if (!rooms.TryTake(out FeatureBuffers? room))
        {
            room = new FeatureBuffers(network.Value);
        }

        try
        {
            preparer.Prepare(
                encoded,
                copies,
                room.Rgb,
                copy =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Infer(room, vectors[copy]);
                },
                thumbnail);
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

    /// <summary>A copy and the cache's number for its features.</summary>
    private readonly record struct CachedCopy(AugmentedCopy Copy, long Space);
}
