using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>The readable images of a dataset and their features, row by row.</summary>
internal sealed record LabeledFeatures(
    FeatureMatrix Features,
    IReadOnlyList<ImageSample> Samples,
    IReadOnlyList<ContentHash> Hashes,
    IReadOnlyList<ImageProblem> Problems,
    int CacheHits,
    int CacheMisses)
{
    public int Readable => Samples.Count;

    public static async Task<LabeledFeatures> ExtractAsync(
        FeatureExtractor extractor, ImageDataset dataset, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        FeatureMatrix matrix = new(extractor.Width);
        List<ImageSample> samples = [];
        List<ContentHash> hashes = [];
        List<ImageProblem> problems = [];
        int hits = 0;
        string[] paths = [.. dataset.Samples.Select(s => s.FullPath)];
        await foreach (ImageFeatures image in extractor.ExtractAsync(paths, progress, cancellationToken).ConfigureAwait(false))
        {
            ImageSample sample = dataset.Samples[image.Index];
            if (image.Vector is null)
            {
                problems.Add(new ImageProblem(sample.Path, image.Problem!));
                continue;
            }

            matrix.Add(image.Vector);
            samples.Add(sample);
            hashes.Add(image.Hash);
            hits += image.FromCache ? 1 : 0;
        }

        return new LabeledFeatures(matrix, samples, hashes, problems, hits, samples.Count - hits);
    }

    /// <summary>The images without some of them.</summary>
    /// <param name="places">The places of those to leave out.</param>
    public LabeledFeatures Without(IReadOnlySet<int> places)
    {
        if (places.Count == 0)
        {
            return this;
        }

        FeatureMatrix kept = new(Features.Width);
        int[] rows = [.. Enumerable.Range(0, Readable).Where(row => !places.Contains(row))];
        foreach (int row in rows)
        {
            kept.Add(Features.Row(row));
        }

        return this with { Features = kept, Samples = [.. rows.Select(row => Samples[row])], Hashes = [.. rows.Select(row => Hashes[row])] };
    }
}
