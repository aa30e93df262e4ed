using InceptionMl.Models;

namespace InceptionMl.Training.Datasets;

/// <summary>
/// Reads the two folder layouts. A root whose folders are all called like a part (train; val, valid, validation; test; in any
/// case) is laid out in parts; any other root has one folder per label, so that "train" may be a label among others.
/// </summary>
internal sealed class FolderReader
{
    private readonly string root;
    private readonly string shownRoot;
    private readonly InputTally tally;
    private readonly FolderWalk walk;
    private readonly bool allowUnlabelled;

    private FolderReader(string folder, DatasetOptions options, InputTally tally, CancellationToken cancellation)
    {
        root = folder;
        shownRoot = InputPath.Shown(folder);
        this.tally = tally;
        allowUnlabelled = options.AllowUnlabelled;
        walk = new FolderWalk(tally, options.FollowLinks, cancellation);
    }

    public static DatasetContents Read(string folder, DatasetOptions options, CancellationToken cancellation)
    {
        InputTally tally = new();
        return new FolderReader(folder, options, tally, cancellation).Read(tally);
    }

    private static SplitPart? PartCalled(string name) => name.ToUpperInvariant() switch
    {
        "TRAIN" => SplitPart.Train,
        "VAL" or "VALID" or "VALIDATION" => SplitPart.Validation,
        "TEST" => SplitPart.Test,
        _ => null,
    };

    private DatasetContents Read(InputTally tally)
    {
        List<FolderEntry> entries = walk.List(root, shownRoot);
        List<FolderEntry> folders = entries.FindAll(entry => entry.IsFolder);
        bool inParts = folders.Count > 0 && folders.TrueForAll(folder => PartCalled(folder.Name) is not null);
        DatasetContents contents = new(inParts ? DatasetLayout.Parts : DatasetLayout.Folders, tally);
        if (allowUnlabelled && folders.Count == 0)
        {
            contents.Samples.AddRange(walk.Images(root, shownRoot)
                .Select(file => new ImageSample(file.Shown, Path.GetFullPath(file.FullPath), Label: string.Empty)));
            return contents;
        }

        int loose = IgnoreLooseFiles(entries, root, shownRoot);
        if (folders.Count == 0)
        {
            throw new DatasetException(loose > 0
                ? $"'{shownRoot}' holds images but no label folders; put the images of each class into a folder named after the class."
                : $"'{shownRoot}' is empty: it holds no images; give a folder with one folder of images per class.");
        }

        if (inParts)
        {
            RefuseTwoFoldersOfOnePart(folders);
            folders.ForEach(folder => ReadPart(contents, folder));
        }
        else
        {
            folders.ForEach(folder => ReadLabel(contents, folder, root, shownRoot, part: null));
        }

        return contents;
    }

    private void RefuseTwoFoldersOfOnePart(List<FolderEntry> folders)
    {
        foreach (var same in folders.GroupBy(folder => PartCalled(folder.Name)).Where(group => group.Count() > 1))
        {
            throw new DatasetException($"'{shownRoot}' has {same.Count()} folders for one part, {Listing.Of(same.Select(folder => folder.Name))}; keep one of them.");
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
        if (!entries.Exists(entry => entry.IsFolder))
        {
            throw new DatasetException(loose > 0
                ? $"'{shown}' holds images but no label folders; put them into one folder per class, or, if '{folder.Name}' is a class, rename it: it is read as a part of the dataset."
                : $"'{shown}' is empty; fill it with one folder of images per class, or remove it.");
        }

        int before = contents.Samples.Count;
        entries.FindAll(entry => entry.IsFolder).ForEach(label => ReadLabel(contents, label, path, shown, PartCalled(folder.Name)));
        if (contents.Samples.Count == before)
        {
            throw new DatasetException($"'{shown}' holds no image in any of its label folders; fill it, or remove it.");
        }
    }

    private void ReadLabel(DatasetContents contents, FolderEntry folder, string parent, string shownParent, SplitPart? part)
    {
        string shown = FolderWalk.Below(shownParent, folder.Name);
        if (!MayEnter(folder, parent, shown))
        {
            return;
        }

        if (folder.Name.Any(char.IsControl))
        {
            throw new DatasetException($"A label folder in '{shownParent}' has a control character in its name, '{Legible(folder.Name)}'; rename it.");
        }

        int before = contents.Samples.Count;
        foreach (FoundFile file in walk.Images(Path.Join(parent, folder.Name), shown))
        {
            if (file.Error is not null && file.IsFolder)
            {
                throw new DatasetException($"'{file.Shown}': {file.Error}; make it readable or remove it.");
            }

            // A file that is known to be unreadable is an input all the same: it is listed when its turn comes.
            contents.Samples.Add(new ImageSample(file.Shown, Path.GetFullPath(file.FullPath), folder.Name, part));
        }

        if (contents.Samples.Count == before)
        {
            contents.EmptyLabels.Add((shown, folder.Name, part));
        }
    }

    private static string Legible(string name) => string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));

    private bool MayEnter(FolderEntry folder, string parent, string shown) => walk.Enter(folder, RealPath.Of(parent), shown) is not null;

    /// <summary>Images that lie where only label folders belong: counted, with one warning for the folder.</summary>
    private int IgnoreLooseFiles(List<FolderEntry> entries, string folder, string shown)
    {
        Listing images = new();
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
            tally.Warn($"Images directly in '{shown}' have no label and were ignored: {images}.");
        }

        return images.Count;
    }
}
