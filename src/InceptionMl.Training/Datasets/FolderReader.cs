using InceptionMl.Batch;
using InceptionMl.Batch.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// Reads the two folder layouts. A root with folders called like a part (<see cref="PartNames"/>) is laid out in parts, and what stands
/// beside them is left out and named; a lone one that holds images and no folder is a label like the others, as "train" among vehicles.
/// </summary>
internal sealed class FolderReader
{
    private readonly string root;
    private readonly string shownRoot;
    private readonly InputTally tally;
    private readonly FolderWalk walk;
    private readonly DatasetOptions options;
    private readonly bool isParentLabel;
    private readonly NestedFolders? nested;

    // By label folder, the parts that its images lie in.
    private readonly Dictionary<string, HashSet<SplitPart>> partsBelow = new(StringComparer.Ordinal);

    private FolderReader(DatasetSource source, DatasetOptions options, InputTally tally, CancellationToken cancellationToken)
    {
        root = source.Path.ToString();
        shownRoot = InputPath.Shown(root);
        isParentLabel = source.LabelFrom == DatasetSource.LabelFolder.Parent;
        this.tally = tally;
        this.options = options;

        // Who groups images by these folders, or says which of them is the label, knows of them.
        nested = source.LabelFrom is null && options.Grouping is not { Column: null } ? new NestedFolders() : null;
        walk = new FolderWalk(tally, options.FollowLinks, cancellationToken);
    }

    /// <summary>Reads a folder.</summary>
    /// <param name="source">Where it is, and where its labels are.</param>
    /// <param name="options">What is wanted of it.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops the reading.</param>
    public static DatasetContents Read(DatasetSource source, DatasetOptions options, CancellationToken cancellationToken)
    {
        InputTally tally = new();
        return new FolderReader(source, options, tally, cancellationToken).Read(tally);
    }

    private DatasetContents Read(InputTally tally)
    {
        List<FolderEntry> entries = walk.List(root, shownRoot);
        List<FolderEntry> folders = OfOthers(entries, root, shownRoot);
        bool inParts = IsInParts(folders);
        DatasetContents contents = new(inParts ? DatasetLayout.Parts : DatasetLayout.Folders, tally);
        if (folders.Count == 0)
        {
            contents.Samples.AddRange(walk.Images(root, shownRoot)
                .Select(file => new ImageSample(file.Shown, Path.GetFullPath(file.FullPath), Label: string.Empty)));
            if (!options.AllowUnlabeled)
            {
                options.Refuse(new DatasetException(contents.Samples.Count > 0
                    ? $"'{shownRoot}' holds images but no label folders; put the images of each class into a folder named after the class."
                    : $"'{shownRoot}' is empty: it holds no images; give a folder with one folder of images per class.")
                { Reason = DatasetErrorReason.TooFewImages, Path = root });
            }

            return contents;
        }

        IgnoreLooseFiles(entries, root, shownRoot);

        if (inParts)
        {
            List<FolderEntry> parts = folders.FindAll(folder => PartNames.Find(folder.Name) is not null);
            RefuseTwoFoldersOfOnePart(parts);
            parts.ForEach(folder => ReadPart(contents, folder));
            folders.FindAll(folder => !parts.Contains(folder)).ForEach(folder => LeaveOut(contents, folder, parts));
        }
        else
        {
            folders.ForEach(folder => ReadLabel(contents, folder, root, shownRoot, part: null));
            RefusePartsBelow();
        }

        nested?.Tell(contents, shownRoot);
        return contents;
    }

    /// <summary>The folders that hold no outputs of ours: those are neither labels nor parts.</summary>
    private List<FolderEntry> OfOthers(List<FolderEntry> entries, string parent, string shownParent) => entries.FindAll(entry =>
    {
        string path = Path.Join(parent, entry.Name);
        if (!entry.IsFolder || OwnOutputs.IsAllIn(path))
        {
            return false;
        }

        if (PartNames.Find(entry.Name) is not null || !OwnOutputs.HoldsModelOfOthers(path, CanonicalText.Compose(entry.Name)))
        {
            return true;
        }

        string shown = FolderWalk.Below(shownParent, entry.Name);
        int images = walk.Images(path, shown).Count(file => !file.IsFolder);
        tally.Ignore(images);
        tally.Warn(DiagnosticIds.ModelFolder, FormattableString.Invariant(
            $"'{shown}' holds a model and is none of its classes, so it was not taken for a class; it holds {images} image{(images == 1 ? "" : "s")}."), shown);
        return false;
    });

    /// <summary>All folders are called like parts, or several different parts are there, or one that holds label folders.</summary>
    private bool IsInParts(List<FolderEntry> folders)
    {
        List<FolderEntry> parts = folders.FindAll(folder => PartNames.Find(folder.Name) is not null);
        return parts.Count > 0
            && (parts.Count == folders.Count || parts.Select(folder => PartNames.Find(folder.Name)).Distinct().Count() > 1 || parts.Exists(HoldsLabelFolders));
    }

    /// <summary>One folder that holds parts, where the others are none of that kind, is the one that was meant.</summary>
    private void RefusePartsBelow()
    {
        string[] inParts = [.. partsBelow.Where(below => below.Value.Count > 1).Select(below => below.Key)];
        if (!options.AllowUnlabeled && inParts is [string only])
        {
            options.Refuse(new DatasetException($"'{shownRoot}' holds the parts of a dataset one level down, in '{only}'; give that folder.") { Path = root });
        }
    }

    private void SeePart(string image, string labelFolder)
    {
        string[] below = image[(labelFolder.Length + 1)..].Split('/', 2);
        if (below.Length == 2 && PartNames.Find(below[0]) is { } part)
        {
            if (!partsBelow.TryGetValue(labelFolder, out HashSet<SplitPart>? parts))
            {
                partsBelow[labelFolder] = parts = [];
            }

            parts.Add(part);
        }
    }

    private bool HoldsLabelFolders(FolderEntry folder)
    {
        string path = Path.Join(root, folder.Name);
        string shown = FolderWalk.Below(shownRoot, folder.Name);
        List<FolderEntry> entries = new FolderWalk(new InputTally(), followLinks: true, CancellationToken.None).List(path, shown);
        return entries.Exists(entry => entry.IsFolder)
            && !entries.Exists(entry => !entry.IsFolder && FolderWalk.IsImage(Path.Join(path, entry.Name)));
    }

    private void LeaveOut(DatasetContents contents, FolderEntry folder, List<FolderEntry> parts)
    {
        string shown = FolderWalk.Below(shownRoot, folder.Name);
        if (!MayEnter(folder, root, shown))
        {
            return;
        }

        int images = walk.Images(Path.Join(root, folder.Name), shown).Count(file => !file.IsFolder);
        if (images > 0)
        {
            tally.Ignore(images);
            tally.Warn(DiagnosticIds.FolderBesideParts, FormattableString.Invariant(
                $"'{shown}' stands beside the parts {NameList.Join(parts.Select(part => part.Name))} and was left out; it holds {images} image{(images == 1 ? "" : "s")}."), shown);
        }
    }

    private void RefuseTwoFoldersOfOnePart(List<FolderEntry> folders)
    {
        foreach (var same in folders.GroupBy(folder => PartNames.Find(folder.Name)).Where(group => group.Count() > 1))
        {
            options.Refuse(new DatasetException($"'{shownRoot}' has {same.Count()} folders for one part, {NameList.Join(same.Select(folder => folder.Name))}; keep one of them.") { Path = root });
        }
    }

    private void ReadPart(DatasetContents contents, FolderEntry folder)
    {
        string path = Path.Join(root, folder.Name);
        string shown = FolderWalk.Below(shownRoot, folder.Name);
        if (!MayEnter(folder, root, shown))
        {
            return;
        }

        List<FolderEntry> entries = walk.List(path, shown);
        int loose = IgnoreLooseFiles(entries, path, shown);
        List<FolderEntry> labels = OfOthers(entries, path, shown);
        if (labels.Count == 0)
        {
            options.Refuse(new DatasetException(loose > 0
                ? $"'{shown}' holds images but no label folders; put them into one folder per class, or, if '{folder.Name}' is a class, rename it: it is read as a part of the dataset."
                : $"'{shown}' is empty; fill it with one folder of images per class, or remove it.")
            { Reason = DatasetErrorReason.TooFewImages, Path = path });
            return;
        }

        int before = contents.Samples.Count;
        labels.ForEach(label => ReadLabel(contents, label, path, shown, PartNames.Find(folder.Name)));
        if (contents.Samples.Count == before)
        {
            options.Refuse(new DatasetException($"'{shown}' holds no image in any of its label folders; fill it, or remove it.") { Reason = DatasetErrorReason.TooFewImages, Path = path });
        }
    }

    private void ReadLabel(DatasetContents contents, FolderEntry folder, string parent, string shownParent, SplitPart? part)
    {
        string shown = FolderWalk.Below(shownParent, folder.Name);
        if (!MayEnter(folder, parent, shown))
        {
            return;
        }

        string label = LabelOf(folder.Name, shownParent);
        int before = contents.Samples.Count;
        foreach (FoundFile file in walk.Images(Path.Join(parent, folder.Name), shown))
        {
            if (file.Error is not null && file.IsFolder)
            {
                options.Refuse(new DatasetException($"'{file.Shown}': {file.Error}; make it readable or remove it.") { Reason = DatasetErrorReason.Unreadable, Path = file.FullPath });
                continue;
            }

            nested?.See(file.Shown, shown);
            if (part is null)
            {
                SeePart(file.Shown, shown);
            }

            string own = isParentLabel ? ParentLabel(file.Shown, shown, label) : label;

            // A file that is known to be unreadable is an input all the same: it is listed when its turn comes.
            contents.Samples.Add(new ImageSample(file.Shown, Path.GetFullPath(file.FullPath), own, part));
        }

        if (contents.Samples.Count == before)
        {
            contents.EmptyLabels.Add((shown, label, part));
        }
    }

    private string ParentLabel(string image, string labelFolder, string label)
    {
        string folder = image[..image.LastIndexOf('/')];
        int last = folder.LastIndexOf('/');
        return folder.Length == labelFolder.Length ? label : LabelOf(folder[(last + 1)..], folder[..last]);
    }

    private string LabelOf(string name, string shownParent)
    {
        if (name.Any(char.IsControl))
        {
            options.Refuse(new DatasetException($"A label folder in '{shownParent}' has a control character in its name, '{Legible(name)}'; rename it.") { Path = shownParent });
        }

        return CanonicalText.Compose(name);
    }

    private static string Legible(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));

    private bool MayEnter(FolderEntry folder, string parent, string shown) => walk.Enter(folder, RealPath.Resolve(parent), shown) is not null;

    /// <summary>Images that lie where only label folders belong: counted, with one warning for the folder.</summary>
    private int IgnoreLooseFiles(List<FolderEntry> entries, string folder, string shown)
    {
        NameList images = new();
        foreach (FolderEntry entry in entries)
        {
            if (!entry.IsFolder && walk.Look(entry, Path.Join(folder, entry.Name), FolderWalk.Below(shown, entry.Name)) is not null)
            {
                images.Add(entry.Name);
                tally.Ignore();
            }
        }

        if (images.Count > 0)
        {
            tally.Warn(DiagnosticIds.ImagesWithoutLabel, $"Images directly in '{shown}' have no label and were ignored: {images}.", shown);
        }

        return images.Count;
    }
}
