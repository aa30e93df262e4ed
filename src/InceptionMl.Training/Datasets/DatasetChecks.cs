using InceptionMl.Batch.Internal;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>The checks that refuse a dataset; each message says what to do about it.</summary>
internal static class DatasetChecks
{
    public static void Labels(Subject subject, IReadOnlyList<string> labels)
    {
        foreach (var same in labels.GroupBy(label => label, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            throw new DatasetException($"'{subject.Name}' has labels that differ only in case, {NameList.Join(same)}; give them one spelling if they are one class, else distinct names.") { Path = subject.Path };
        }
    }

    /// <summary>Refuses images that are all of kinds that are not decoded, by their names and by the first bytes of the first of them.</summary>
    public static void Decodable(Subject subject, IReadOnlyList<ImageSample> samples)
    {
        const int Asked = 16;
        List<string> extensions = [.. samples.Select(sample => Path.GetExtension(sample.Path).ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)];
        bool noneIsNamedSo = extensions.TrueForAll(extension => ImageKinds.IsImageExtension(extension) && !ImageKinds.IsDecodedExtension(extension));
        if (noneIsNamedSo && !samples.Take(Asked).Any(sample => ImageHead.IsDecoded(sample.FullPath)))
        {
            throw new DatasetException($"'{subject.Name}' holds only {string.Join(", ", extensions)} files, which cannot be read: convert them to PNG or JPEG.") { Reason = DatasetErrorReason.Unreadable, Path = subject.Path };
        }
    }

    /// <summary>Refuses what no classifier can be trained on; the classes that have too few images are named all at once.</summary>
    public static void Trainable(Subject subject, DatasetContents contents, IReadOnlyList<string> classes)
    {
        // A folder without images is a class that has none, unless it is there for another part only.
        string[] named = [.. contents.EmptyLabels.Where(empty => empty.Part is null or SplitPart.Train).Select(empty => empty.Label)];
        string[] all = [.. classes.Union(named, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (all.Length == 1)
        {
            string deeper = contents.NestedFolders is { } folders ? $", though its images lie in {folders}" : "";
            throw new DatasetException($"'{subject.Name}' has one class only, '{all[0]}'{deeper}; a classifier needs at least two{OneFolderPerClass(contents.Layout)}.")
            {
                Path = subject.Path,
                Reason = contents.NestedFolders is null ? DatasetErrorReason.TooFewImages : DatasetErrorReason.NestedFolders,
            };
        }

        ClassSizes sizes = new(subject, all);
        contents.Samples.ForEach(sizes.Add);
        sizes.RefuseFew("");
    }

    public static string Classes(IReadOnlyCollection<string> labels) => $"{(labels.Count == 1 ? "class" : "classes")} {NameList.Join(labels)}";

    private static string OneFolderPerClass(DatasetLayout layout) => layout switch
    {
        DatasetLayout.Folders => ", each in a folder of its own",
        DatasetLayout.Parts => ", each in a folder of its own in train/",
        _ => "",
    };
}
