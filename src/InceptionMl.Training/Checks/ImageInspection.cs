using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using InceptionMl.Images;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;
using InceptionMl.Scoring.Internal;
using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Checks;

/// <summary>One image, read and decoded once.</summary>
/// <param name="Sample">The image.</param>
/// <param name="Hash">Its content; nothing where the file could not be read.</param>
/// <param name="Refusal">Why it cannot be used; null if it can, and then it was looked at.</param>
/// <param name="Look">What was seen.</param>
internal sealed record InspectedImage(ImageSample Sample, ContentHash Hash, ImageRefusedException? Refusal, ImageLook? Look = null)
{
    /// <summary>Gets what the file says of an image that can be used.</summary>
    public ImageHeader Header => Look!.Header;

    /// <summary>Gets what is to be seen on an image that can be used.</summary>
    public PixelStatistics Pixels => Look!.Pixels;

    /// <summary>Gets what an image that can be used looks like.</summary>
    public ImageFingerprint Fingerprint => Look!.Fingerprint;
}

/// <summary>What an image is like, which its content alone decides.</summary>
/// <param name="Header">What its file says of it.</param>
/// <param name="Pixels">What is to be seen.</param>
/// <param name="Fingerprint">What it looks like.</param>
internal sealed record ImageLook(ImageHeader Header, PixelStatistics Pixels, ImageFingerprint Fingerprint);

/// <summary>Reads and decodes the images of a dataset on all cores; the result does not depend on their number.</summary>
internal sealed class ImageInspection
{
    /// <summary>The longer side that images are looked at in, unless they are smaller, in pixels.</summary>
    public const int Side = 256;

    private static readonly ImageVariant[] Plain = [ImageVariant.Plain];

    private readonly DatasetCheckOptions options;
    private readonly InspectionCache cache;
    private readonly ConcurrentBag<ImageFileBuffer> files = [];
    private int hits;

    private ImageInspection(DatasetCheckOptions options, InspectionCache cache)
    {
        this.options = options;
        this.cache = cache;
    }

    public static async Task<InspectedImage[]> RunAsync(
        IReadOnlyList<ImageSample> samples, DatasetCheckOptions options, InspectionCache cache, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        ImageInspection inspection = new(options, cache);
        List<InspectedImage> images = new(samples.Count);
        FeatureProgress state = new(0, samples.Count, 0, 0);
        await foreach (InspectedImage image in OrderedParallel.SelectAsync(
            samples, (sample, _) => inspection.Inspect(sample), options.Workers == 0 ? Environment.ProcessorCount : options.Workers, cancellationToken).ConfigureAwait(false))
        {
            images.Add(image);
            state = state with { Done = state.Done + 1, Hits = Math.Min(inspection.hits, state.Done + 1), Unreadable = state.Unreadable + (image.Refusal is null ? 0 : 1) };
            progress?.Report(state);
        }

        return [.. images];
    }

    private InspectedImage Inspect(ImageSample sample)
    {
        if (!files.TryTake(out ImageFileBuffer? file))
        {
            file = new ImageFileBuffer(options.Limits.MaxFileBytes);
        }

        ContentHash hash = default;
        try
        {
            ReadOnlyMemory<byte> encoded = file.Read(sample.FullPath, Subject.FromFile(sample.Path));
            byte[] key = SHA256.HashData(encoded.Span);
            hash = ContentHash.FromBytes(key);
            if (cache.TryGet(key) is { } known)
            {
                Interlocked.Increment(ref hits);
                return new InspectedImage(sample, hash, Refusal: null, known);
            }

            ImageLook look = Look(encoded, ImageHeader.TryRead(encoded.Span) ?? default);
            cache.Put(key, look);
            return new InspectedImage(sample, hash, Refusal: null, look);
        }
        catch (ImageRefusedException refusal)
        {
            return new InspectedImage(sample, hash, refusal);
        }
        finally
        {
            file.Trim();
            files.Add(file);
        }
    }

    // Never enlarged, in its own shape.
    private ImageLook Look(ReadOnlyMemory<byte> encoded, ImageHeader header)
    {
        double scale = Math.Min(1, (double)Side / Math.Max(1, Math.Max(header.Width, header.Height)));
        (int width, int height) = (Math.Max(1, (int)(header.Width * scale)), Math.Max(1, (int)(header.Height * scale)));
        ImagePreparer preparer = new(new ImagePreprocessing(width, height) { Mode = ResizeMode.Stretch }, options.Limits);
        byte[] rented = ArrayPool<byte>.Shared.Rent(preparer.PreparedBytes);
        try
        {
            Span<byte> rgb = rented.AsSpan(0, preparer.PreparedBytes);
            Span<byte> thumbnail = stackalloc byte[GrayThumbnail.Bytes];
            preparer.Prepare(encoded, Plain, rgb, static _ => { }, thumbnail);
            return new ImageLook(header, PixelStatistics.Compute(rgb, width, height), ImageFingerprint.FromThumbnail(thumbnail));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
