using System.IO.Enumeration;
using InceptionMl.Images.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>
/// Lists folders and walks what is below them, in ordinal order of the whole path. Holds the listings of the folders from the
/// start down to where it stands, and nothing else. Links are followed, but never back up, and into one folder at most once:
/// links among a few folders can otherwise spell more paths than can be walked.
/// </summary>
/// <param name="tally">The counter of what is left out.</param>
/// <param name="followLinks">Whether links are followed.</param>
/// <param name="cancellationToken">A token to cancel the operation. It stops the walk.</param>
/// <param name="opens">What is read when it is named, and not when it is found in a folder; null for nothing.</param>
/// <param name="wanted">The files to find; null for images.</param>
public sealed class FolderWalk(
    InputTally tally, bool followLinks, CancellationToken cancellationToken, Func<string, bool>? opens = null, Func<string, bool>? wanted = null)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly HashSet<string> entered = new(StringComparer.Ordinal);

    /// <summary>Gets the visible entries of one folder, sorted; hidden ones are tallied.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public List<FolderEntry> List(string folder, string shown)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<FolderEntry> entries = [];
        foreach (FolderEntry entry in new FileSystemEnumerable<FolderEntry>(folder, Describe, Everything))
        {
            if (entry.IsHidden || IsOfTheSystem(entry))
            {
                TallyHidden(entry, shown);
            }
            else
            {
                entries.Add(entry);
            }
        }

        entries.Sort(FolderEntry.Compare);
        return entries;
    }

    /// <summary>Gets the images below a folder.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="shown">How it is called when its files are reported.</param>
    public IEnumerable<FoundFile> Images(string folder, string shown)
    {
        Stack<Level> open = new();
        if (Open(open, folder, shown, RealPath.Resolve(folder)) is { } failure)
        {
            yield return failure;
        }

        while (open.TryPeek(out Level? level))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!level.TryNext(out FolderEntry entry))
            {
                open.Pop();
                continue;
            }

            string path = Path.Join(level.Folder, entry.Name);
            string name = Below(level.Shown, entry.Name);
            FoundFile? found = entry.IsFolder ? Descend(open, entry, path, name) : Look(entry, path, name);
            if (found is { } file)
            {
                yield return file;
            }
        }
    }

    /// <summary>Gets the image that an entry is, or null: then it has been tallied.</summary>
    public FoundFile? Look(FolderEntry entry, string path, string shown)
    {
        if (tally.IsOutput(path))
        {
            return null;
        }

        if (entry.IsLink && !followLinks)
        {
            tally.Ignore();
            tally.Warn(DiagnosticIds.LinkNotFollowed, $"'{shown}' is a symbolic link and was not followed.", shown);
            return null;
        }

        bool isMissing = entry.IsLink && !LeadsToAFile(path);
        if (isMissing && ImageSignature.HasImageExtension(entry.Name))
        {
            return new FoundFile(shown, path, "it is a symbolic link to a file that is not there");
        }

        if (isMissing || !(wanted?.Invoke(path) ?? IsImage(path)))
        {
            Ignore(shown, isOpened: !isMissing && opens?.Invoke(path) == true);
            return null;
        }

        if (wanted is null && OutputFile.IsOverlay(path))
        {
            tally.Ignore();
            return null;
        }

        if (entry.IsLink)
        {
            tally.Followed(shown);
        }

        return new FoundFile(shown, path);
    }

    /// <summary>Gets the real path of a folder that is to be entered; null if it must not be, and then the reason is tallied.</summary>
    /// <param name="entry">The folder.</param>
    /// <param name="parent">The real path of the folder it stands in.</param>
    /// <param name="shown">How it is called.</param>
    public string? Enter(FolderEntry entry, string parent, string shown)
    {
        string real = Path.Join(parent, entry.Name);
        if (!entry.IsLink)
        {
            return real;
        }

        string? refusal = followLinks ? Resolve(ref real) : "is a symbolic link and was not followed";
        refusal ??= RealPath.IsResolvedSameOrBelow(parent, real) ? "is a symbolic link to a folder that holds it and was not followed"
            : !entered.Add(real) ? "is a symbolic link to a folder that was followed already and was not followed again"
            : null;
        if (refusal is null)
        {
            tally.Followed(shown);
            return real;
        }

        tally.Ignore();
        tally.Warn(DiagnosticIds.LinkNotFollowed, $"'{shown}' {refusal}.", shown);
        return null;
    }

    /// <summary>A name below a shown folder.</summary>
    public static string Below(string shown, string name) => shown.Length == 0 || shown.EndsWith('/') ? shown + name : $"{shown}/{name}";

    private void Ignore(string shown, bool isOpened)
    {
        if (isOpened)
        {
            tally.LeaveUnopened(shown);
        }
        else
        {
            tally.Ignore();
        }
    }

    private static FolderEntry Describe(ref FileSystemEntry entry) =>
        new(entry.FileName.ToString(), entry.IsDirectory, IsLink(ref entry), entry.IsHidden);

    // Cloud drives mark their files as reparse points too; those lead nowhere else.
    private static bool IsLink(ref FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null;

    // What archivers, file servers and the roots of volumes have that nobody put there.
    private static bool IsOfTheSystem(FolderEntry entry) => entry.IsFolder && SystemFolders.Contains(entry.Name);

    // File.Exists is satisfied with the link itself.
    private static bool LeadsToAFile(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is { Exists: true };
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Determines whether a file is an image by its extension or by its first bytes.</summary>
    public static bool IsImage(string path) => ImageSignature.HasImageExtension(path) || ImageHead.IsImage(path);

    private void TallyHidden(FolderEntry entry, string shown)
    {
        // Finder and Explorer leave hidden files everywhere; only what might be missed is worth a word.
        if (entry.IsFolder || (ImageSignature.HasImageExtension(entry.Name) && !entry.Name.StartsWith("._", StringComparison.Ordinal)))
        {
            tally.IgnoreHidden(Below(shown, entry.Name));
        }
        else
        {
            tally.Ignore();
        }
    }

    private static string? Resolve(ref string path)
    {
        try
        {
            path = RealPath.Resolve(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"is a symbolic link that cannot be followed ({e.Message.TrimEnd('.')})";
        }
    }

    private FoundFile? Descend(Stack<Level> open, FolderEntry entry, string path, string shown) =>
        Enter(entry, open.Peek().Real, shown) is { } real ? Open(open, path, shown, real) : null;

    private FoundFile? Open(Stack<Level> open, string folder, string shown, string real)
    {
        try
        {
            open.Push(new Level(folder, shown, real, List(folder, shown)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = folder.Contains('\uFFFD') ? "its name is not UTF-8" : e.Message.TrimEnd('.');
            return new FoundFile(shown, folder, $"the folder cannot be read ({reason})", IsFolder: true);
        }
    }

    private sealed class Level(string folder, string shown, string real, List<FolderEntry> entries)
    {
        private int next;

        public string Folder => folder;

        public string Shown => shown;

        public string Real => real;

        public bool TryNext(out FolderEntry entry)
        {
            entry = next < entries.Count ? entries[next] : default;
            return next++ < entries.Count;
        }
    }
}

/// <summary>A file or a folder as its parent lists it.</summary>
public readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink, bool IsHidden)
{
    /// <summary>
    /// Entries of one folder in the order of their whole paths: a folder sorts as if its name ended with the separator, so that a
    /// walk, folder by folder, yields the same order as sorting all paths ordinally.
    /// </summary>
    public static int Compare(FolderEntry left, FolderEntry right)
    {
        int shared = Math.Min(left.Name.Length, right.Name.Length);
        int order = string.CompareOrdinal(left.Name, 0, right.Name, 0, shared);
        return order != 0 ? order : left.At(shared).CompareTo(right.At(shared));
    }

    private int At(int index) => index < Name.Length ? Name[index] : IsFolder ? '/' : -1;
}

/// <summary>What a walk found: an image to read, or a file or folder that is there in name only, with the reason.</summary>
public readonly record struct FoundFile(string Shown, string FullPath, string? Error = null, bool IsFolder = false);
