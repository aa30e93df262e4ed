using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>Contents that stand under several labels: which of them is right is not known.</summary>
internal static class DoubtfulLabels
{
    /// <summary>Finds them.</summary>
    /// <param name="hashes">The content of each image.</param>
    /// <param name="samples">The images.</param>
    public static IEnumerable<ContentHash> Find(IReadOnlyList<ContentHash> hashes, IReadOnlyList<ImageSample> samples) =>
        hashes.Zip(samples, (hash, sample) => (Hash: hash, sample.Label)).Distinct().CountBy(image => image.Hash).Where(of => of.Value > 1).Select(of => of.Key);
}
