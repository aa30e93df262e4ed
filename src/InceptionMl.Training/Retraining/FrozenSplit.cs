using InceptionMl.Training.Datasets;
using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Retraining;

/// <summary>
/// The samples of a dataset with its frozen test images held where they are: an image once in test stays in test, with the label it
/// was frozen with, until a changed label is accepted.
/// </summary>
/// <param name="Samples">The samples, the frozen ones with the label they count under.</param>
/// <param name="Frozen">Places of those that belong to the test part, whatever the dataset says.</param>
/// <param name="SetAside">Places of frozen test images whose class is gone, so that no model can be right or wrong about them.</param>
/// <param name="Relabels">Frozen test images with another label in the dataset, an entry a content.</param>
/// <param name="Missing">Frozen test images that are not in the dataset.</param>
internal sealed record FrozenSplit(
    IReadOnlyList<ImageSample> Samples, IReadOnlySet<int> Frozen, IReadOnlySet<int> SetAside, IReadOnlyList<DatasetChanges.TestRelabel> Relabels, int Missing)
{
    /// <summary>Holds a dataset's frozen test images in place.</summary>
    /// <param name="samples">The readable images.</param>
    /// <param name="hashes">The content of each.</param>
    /// <param name="frozen">The labels the test images were frozen with.</param>
    /// <param name="twins">Which images stand for others.</param>
    /// <param name="changes">What became of the classes since.</param>
    /// <param name="acceptRelabels">Takes the dataset's labels for the frozen ones.</param>
    public static FrozenSplit Hold(
        IReadOnlyList<ImageSample> samples,
        IReadOnlyList<ContentHash> hashes,
        IReadOnlyDictionary<ContentHash, string> frozen,
        Twins twins,
        ClassChanges changes,
        bool acceptRelabels)
    {
        HashSet<string> classes = [.. samples.Select(sample => sample.Label)];
        Dictionary<ContentHash, string> counts = [];
        ImageSample[] held = [.. samples];
        HashSet<int> places = [];
        SortedSet<int> setAside = [];
        List<DatasetChanges.TestRelabel> relabels = [];
        for (int i = 0; i < held.Length; i++)
        {
            ContentHash hash = twins.Origin(hashes[i]);
            if (!frozen.TryGetValue(hash, out string? old))
            {
                continue;
            }

            // Of copies with different labels the first says what the content's label is now.
            if (!counts.TryGetValue(hash, out string? label))
            {
                label = changes.NameNow(old);
                if (label != held[i].Label)
                {
                    relabels.Add(new DatasetChanges.TestRelabel(held[i].Path, label, held[i].Label));
                }

                label = acceptRelabels ? held[i].Label : label;
                counts.Add(hash, label);
            }

            held[i] = held[i] with { Label = label };
            places.Add(i);
            if (!classes.Contains(label))
            {
                setAside.Add(i);
            }
        }

        return new FrozenSplit(held, places, setAside, relabels, frozen.Count - counts.Count);
    }
}
