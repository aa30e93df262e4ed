using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>Label by content; of copies with different labels the first counts.</summary>
internal static class ContentLabels
{
    /// <summary>As the images of a dataset are labeled.</summary>
    public static Dictionary<ContentHash, string> Create(LabeledFeatures found) => Create(found.Hashes.Zip(found.Samples, (hash, sample) => (hash, sample.Label)));

    /// <summary>As the images of a version were labeled.</summary>
    public static Dictionary<ContentHash, string> Create(IEnumerable<VersionImage> images) => Create(images.Select(image => (image.Hash, image.Label)));

    private static Dictionary<ContentHash, string> Create(IEnumerable<(ContentHash Hash, string Label)> images)
    {
        Dictionary<ContentHash, string> labels = [];
        foreach ((ContentHash hash, string label) in images)
        {
            labels.TryAdd(hash, label);
        }

        return labels;
    }
}
