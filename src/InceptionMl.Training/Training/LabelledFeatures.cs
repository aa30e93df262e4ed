using InceptionMl.Training.Datasets;
using InceptionMl.Training.Features;

namespace InceptionMl.Training.Training;

/// <summary>The readable images of a dataset and their features, row by row.</summary>
internal sealed record LabelledFeatures(
    FeatureMatrix Features, IReadOnlyList<ImageSample> Samples, IReadOnlyList<ContentHash> Hashes, IReadOnlyList<ImageProblem> Problems, int CacheHits)
{
    public int Readable => Samples.Count;

    public static async Task<LabelledFeatures> ExtractAsync(
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

        return new LabelledFeatures(matrix, samples, hashes, problems, hits);
    }
}
