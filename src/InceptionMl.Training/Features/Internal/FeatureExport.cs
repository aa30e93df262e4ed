using InceptionMl.Backbones;
using InceptionMl.Internal;
using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Features.Internal;

/// <summary>Writes the features of a folder's images to a file, in bounded memory.</summary>
public static class FeatureExport
{
    private const string Parquet = ".parquet";
    private const string Csv = ".csv";

    /// <summary>Extracts and writes; the file appears when it is complete.</summary>
    /// <param name="backbone">The backbone to run.</param>
    /// <param name="images">A folder in any layout or a manifest; its path alone will do.</param>
    /// <param name="path">The file to write, .parquet or .csv.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="progress">An optional progress sink that is invoked after each image.</param>
    /// <param name="time">The clock that timings are read from; null is the system's.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between images.</param>
    /// <exception cref="DatasetException">The images, or the file's name, cannot be used.</exception>
    public static async Task<FeatureExportResult> WriteAsync(
        Backbone backbone,
        DatasetSource images,
        string path,
        FeatureOptions? options = null,
        IProgress<FeatureProgress>? progress = null,
        TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(path);
        time ??= TimeProvider.System;
        long start = time.GetTimestamp();
        bool parquet = Path.GetExtension(path).Equals(Parquet, StringComparison.OrdinalIgnoreCase);
        if (!parquet && !Path.GetExtension(path).Equals(Csv, StringComparison.OrdinalIgnoreCase))
        {
            throw new DatasetException($"{path} ends neither in {Parquet} nor in {Csv}, the two kinds of feature files") { Path = path };
        }

        if (RealPath.AreSame(path, images.Path.ToString()))
        {
            throw new DatasetException($"{path} is the manifest itself: name another file for the features") { Path = path };
        }

        ImageDataset dataset = ImageDataset.Open(images, new DatasetOptions { ForTraining = false, AllowUnlabeled = true }, cancellationToken);
        dataset.RefuseMissing();
        using FeatureExtractor extractor = new(backbone, options, time);
        List<ImageProblem> problems = [];
        int rows = 0;
        int hits = 0;
        long featurizing = time.GetTimestamp();
        await AtomicFile.WriteAsync(path, async stream =>
        {
            IFeatureWriter writer = parquet
                ? await ParquetFeatureWriter.CreateAsync(stream, extractor.Width, cancellationToken).ConfigureAwait(false)
                : new CsvFeatureWriter(stream, extractor.Width);
            await using (writer.ConfigureAwait(false))
            {
                string[] paths = [.. dataset.Samples.Select(s => s.FullPath)];
                await foreach (ImageFeatures image in extractor.ExtractAsync(paths, progress, cancellationToken).ConfigureAwait(false))
                {
                    ImageSample sample = dataset.Samples[image.Index];
                    if (image.Vector is null)
                    {
                        problems.Add(new ImageProblem(sample.Path, image.Problem!));
                        continue;
                    }

                    rows++;
                    hits += image.FromCache ? 1 : 0;
                    await writer.WriteAsync(
                        new FeatureRow(sample.Path, image.Hash.ToString(), sample.Label, image.Vector), cancellationToken).ConfigureAwait(false);
                }

                await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        return new FeatureExportResult(
            rows, extractor.Width, hits, problems, extractor.CommitCache() is { } problem ? [.. dataset.Diagnostics, problem] : dataset.Diagnostics,
            time.GetElapsedTime(featurizing).TotalSeconds, time.GetElapsedTime(start).TotalSeconds);
    }
}

/// <summary>What a feature export gave.</summary>
/// <param name="Images">The number of rows.</param>
/// <param name="Width">The number of values per row.</param>
/// <param name="CacheHits">Rows whose features were in the cache.</param>
/// <param name="Problems">The images that were left out.</param>
/// <param name="Diagnostics">What a person should know of the images.</param>
/// <param name="FeaturizeSeconds">Seconds from images to features, writing included.</param>
/// <param name="TotalSeconds">The total time, in seconds.</param>
public sealed record FeatureExportResult(
    int Images, int Width, int CacheHits, IReadOnlyList<ImageProblem> Problems, IReadOnlyList<Diagnostic> Diagnostics, double FeaturizeSeconds, double TotalSeconds);
