using InceptionMl.Internal;
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
    /// <summary>Gets what each image looks like.</summary>
    /// <value>The default is none: near-copies do not count.</value>
    public IReadOnlyList<ImageFingerprint> Fingerprints { get; init; } = [];

    /// <summary>Gets what a person should know of the images that were left out.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    public int Readable => Samples.Count;

    public static async Task<LabeledFeatures> ExtractAsync(
        FeatureExtractor extractor, ImageDataset dataset, SplitSettings split, IProgress<FeatureProgress>? progress, CancellationToken cancellationToken)
    {
        bool fingerprints = split.NearCopies == SplitSettings.NearCopyHandling.Group;
        List<ImageFingerprint> looks = [];
        FeatureMatrix matrix = new(extractor.Width);
        List<ImageSample> samples = [];
        List<ContentHash> hashes = [];
        List<ImageProblem> problems = [];
        int hits = 0;
        string[] paths = [.. dataset.Samples.Select(s => s.FullPath)];
        await foreach (ImageFeatures image in extractor.ExtractAsync(paths, fingerprints, progress, cancellationToken).ConfigureAwait(false))
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
            if (image.Fingerprint is { } fingerprint)
            {
                looks.Add(fingerprint);
            }
        }

        return new LabeledFeatures(matrix, samples, hashes, problems, hits, samples.Count - hits) { Fingerprints = looks };
    }

    /// <summary>Gets some of the images with their features.</summary>
    public FeatureSample ToSample()
    {
        FeatureSample.Builder sample = new();
        for (int row = 0; row < Readable; row++)
        {
            sample.Add(Samples[row], Hashes[row].Draw, Features.Row(row));
        }

        return sample.ToSample();
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

        return this with
        {
            Features = kept,
            Samples = [.. rows.Select(row => Samples[row])],
            Hashes = [.. rows.Select(row => Hashes[row])],
            Fingerprints = Fingerprints.Count == 0 ? [] : [.. rows.Select(row => Fingerprints[row])],
        };
    }

    /// <summary>The images without those whose content stands under several labels: which of them is right is not known.</summary>
    /// <exception cref="DatasetException">A class has no other images.</exception>
    public LabeledFeatures WithoutDoubtfulLabels()
    {
        HashSet<ContentHash> doubtful = [.. DoubtfulLabels.Find(Hashes, Samples)];
        SortedSet<int> places = [.. Enumerable.Range(0, Readable).Where(row => doubtful.Contains(Hashes[row]))];
        if (places.Count == 0)
        {
            return this;
        }

        LabeledFeatures left = Without(places);
        string[] bare = [.. places.Select(place => Samples[place].Label).Except(left.Samples.Select(sample => sample.Label), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string paths = NameList.Join(places.Select(place => Samples[place].Path).Order(StringComparer.Ordinal));
        if (bare.Length > 0)
        {
            throw new DatasetException($"All images of {DatasetChecks.Classes(bare)} stand under another label too: {paths}; keep the right one of each.") { Reason = DatasetErrorReason.TooFewImages };
        }

        return left with
        {
            Diagnostics =
            [
                .. Diagnostics,
                Diagnostic.Warning(DiagnosticIds.ContentsUnderTwoLabels, FormattableString.Invariant(
                    $"Contents that stand under more than one label ({doubtful.Count}), so that neither train nor test has them; keep the right one of each: {paths}.")),
            ],
        };
    }
}
