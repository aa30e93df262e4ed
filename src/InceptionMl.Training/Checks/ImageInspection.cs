using System.Buffers;
using System.Collections.Concurrent;
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
/// <param name="Refusal">Why it cannot be used; null if it can, and then all below is known.</param>
/// <param name="Header">What its file says of it.</param>
/// <param name="Pixels">What is to be seen.</param>
internal sealed record InspectedImage(ImageSample Sample, ContentHash Hash, ImageRefusedException? Refusal, ImageHeader Header = default, PixelStatistics Pixels = default);

/// <summary>Reads and decodes the images of a dataset on all cores; the result does not depend on their number.</summary>
internal sealed class ImageInspection
{
    /// <summary>The longer side that images are looked at in, unless they are smaller, in pixels.</summary>
    public const int Side = 256;

    private readonly DatasetCheckOptions options;
    private readonly ConcurrentBag<ImageFileBuffer> files = [];

    private ImageInspection(DatasetCheckOptions options) => this.options = options;

    public static async Task<InspectedImage[]> RunAsync(
        ImageDataset dataset, DatasetCheckOptions options, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        ImageInspection inspection = new(options);
        List<InspectedImage> images = new(dataset.Samples.Count);
        FeatureProgress state = new(0, dataset.Samples.Count, 0, 0);
        await foreach (InspectedImage image in OrderedParallel.SelectAsync(
            dataset.Samples, (sample, _) => inspection.Inspect(sample), options.Workers == 0 ? Environment.ProcessorCount : options.Workers, cancellationToken).ConfigureAwait(false))
        {
            images.Add(image);
            state = state with { Done = state.Done + 1, Unreadable = state.Unreadable + (image.Refusal is null ? 0 : 1) };
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
            hash = ContentHash.Compute(encoded.Span);
            ImageHeader header = ImageHeader.TryRead(encoded.Span) ?? default;
            return new InspectedImage(sample, hash, Refusal: null, header, Look(encoded, header));
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
    private PixelStatistics Look(ReadOnlyMemory<byte> encoded, ImageHeader header)
    {
        double scale = Math.Min(1, (double)Side / Math.Max(1, Math.Max(header.Width, header.Height)));
        (int width, int height) = (Math.Max(1, (int)(header.Width * scale)), Math.Max(1, (int)(header.Height * scale)));
        ImagePreparer preparer = new(new ImagePreprocessing(width, height) { Mode = ResizeMode.Stretch }, options.Limits);
        byte[] rented = ArrayPool<byte>.Shared.Rent(preparer.PreparedBytes);
        try
        {
            Span<byte> rgb = rented.AsSpan(0, preparer.PreparedBytes);
            preparer.Prepare(encoded, rgb);
            return PixelStatistics.Compute(rgb, width, height);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
