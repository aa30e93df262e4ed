using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;
using InceptionMl.Training.Versions;
using InceptionMl.Training.Versions.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>How a dataset differs from the one the champion was made from.</summary>
/// <param name="Classes">What became of the classes.</param>
/// <param name="ChangedShare">Images that are new, gone or relabeled, by the champion's images; renamed classes are not counted.</param>
/// <param name="Fitted">What the champion was fitted on, images of its validation part too, by the contents that they stand for: it cannot be measured on them.</param>
internal sealed record DatasetDiff(ClassChanges Classes, double ChangedShare, IReadOnlySet<ContentHash> Fitted)
{
    // Beyond this the best penalty may well be another.
    private const double NearlySame = 0.2;

    /// <summary>Whether the penalty of the champion's head is worth staying near.</summary>
    public bool IsNearlySame => ChangedShare <= NearlySame && Classes.Appeared.Count == 0 && Classes.Vanished.Count == 0;

    /// <summary>Compares by content.</summary>
    /// <exception cref="Models.Registry.RegistryException">The champion's list of images cannot be read.</exception>
    public static DatasetDiff Create(Champion champion, LabeledFeatures found, Twins twins)
    {
        IReadOnlyList<VersionImage> images = VersionImages.Read(champion.Version);
        Dictionary<ContentHash, string> before = ContentLabels.Create(images);
        Dictionary<ContentHash, string> now = ContentLabels.Create(found);
        ClassChanges classes = ClassChanges.Between(before, now);
        int stayed = before.Count(image => now.TryGetValue(image.Key, out string? label) && label == classes.NameNow(image.Value));
        int changed = Math.Max(before.Count, now.Count) - stayed;
        HashSet<ContentHash> fitted = [.. images.Where(image => image.Part != SplitPart.Test).Select(image => twins.First(image.Hash)), .. twins.OfFitted.Select(twins.First)];
        return new DatasetDiff(classes, before.Count == 0 ? 1 : (double)changed / before.Count, fitted);
    }
}
