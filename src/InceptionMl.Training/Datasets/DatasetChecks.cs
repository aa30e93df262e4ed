using InceptionMl.Images.Kinds;

namespace InceptionMl.Training.Datasets;

/// <summary>The checks that refuse a dataset; each message says what to do about it.</summary>
internal static class DatasetChecks
{
    private const int FewestImages = 2;

    public static void Labels(string name, IReadOnlyList<string> labels)
    {
        foreach (var same in labels.GroupBy(label => label, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new DatasetException($"'{name}' has labels that differ only in case, {Listing.Of(same)}; give them one spelling if they are one class, else distinct names.");
        }
    }

    /// <summary>Refuses images that are all of kinds that are not decoded, by their names and by the first bytes of the first of them.</summary>
    public static void Decodable(string name, IReadOnlyList<ImageSample> samples)
    {
        const int Asked = 16;
        List<string> extensions = [.. samples.Select(sample => Path.GetExtension(sample.Path).ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
        bool noneIsNamedSo = extensions.TrueForAll(extension => ImageKinds.IsImageExtension(extension) && !ImageKinds.IsDecodedExtension(extension));
        if (noneIsNamedSo && !samples.Take(Asked).Any(sample => ImageHead.IsDecoded(sample.FullPath)))
        {
            throw new DatasetException($"'{name}' holds only {string.Join(", ", extensions)} files, which cannot be read: convert them to PNG or JPEG.");
        }
    }

    public static void Trainable(string name, DatasetContents contents, IReadOnlyList<string> classes)
    {
        NoEmptyLabels(contents);
        if (contents.Layout != DatasetLayout.Folders)
        {
            EveryClassInTrain(name, contents, classes);
        }

        if (classes.Count == 1)
        {
            throw new DatasetException($"'{name}' has one class only, '{classes[0]}'; a classifier needs at least two{OneFolderPerClass(contents.Layout)}.");
        }

        var counts = contents.Samples.CountBy(sample => sample.Label).ToDictionary(StringComparer.Ordinal);
        EnoughImages(name, classes, counts, "");
    }

    public static void EnoughImages(string name, IReadOnlyList<string> classes, IReadOnlyDictionary<string, int> counts, string kind)
    {
        List<string> few = [.. classes.Where(label => counts.GetValueOrDefault(label) < FewestImages)];
        if (few.Count > 0)
        {
            throw new DatasetException($"'{name}' has fewer than {FewestImages} {kind}images of {Classes(few)}; add images or remove the class.");
        }
    }

    public static string Classes(IReadOnlyCollection<string> labels) => $"{(labels.Count == 1 ? "class" : "classes")} {Listing.Of(labels)}";

    private static string OneFolderPerClass(DatasetLayout layout) => layout switch
    {
        DatasetLayout.Folders => ", each in a folder of its own",
        DatasetLayout.Parts => ", each in a folder of its own in train/",
        _ => "",
    };

    private static void NoEmptyLabels(DatasetContents contents)
    {
        List<string> empty = [.. contents.EmptyLabels.Where(label => label.Part is null or SplitPart.Train).Select(label => label.Shown)];
        if (empty.Count > 0)
        {
            throw new DatasetException(empty.Count == 1
                ? $"The label folder {Listing.Of(empty)} holds no image; put images into it or remove it."
                : $"The label folders {Listing.Of(empty)} hold no image; put images into them or remove them.");
        }
    }

    private static void EveryClassInTrain(string name, DatasetContents contents, IReadOnlyList<string> classes)
    {
        // Rows without a split may still go to train.
        HashSet<string> trained = [.. contents.Samples.Where(sample => sample.Given is null or SplitPart.Train).Select(sample => sample.Label)];
        List<string> missing = [.. classes.Where(label => !trained.Contains(label))];
        if (missing.Count > 0)
        {
            throw new DatasetException($"'{name}' has no training image of {Classes(missing)}; add some to the train part or remove the class from the other parts.");
        }
    }
}
