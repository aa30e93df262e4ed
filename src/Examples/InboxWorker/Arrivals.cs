namespace InboxWorker;

/// <summary>
/// The files of the inbox that are there whole: a file counts when two looks in turn find the same length and time of writing, so that
/// one that is still being copied is left alone.
/// </summary>
internal sealed class Arrivals(InboxFolders folders)
{
    // On Unix a name with a leading dot is hidden: where copying programs keep what is not there whole.
    private static readonly EnumerationOptions Files = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    private Dictionary<string, (long Length, DateTime Written)> lastLook = [];

    /// <summary>Looks at the inbox.</summary>
    /// <returns>Paths of the files that have not changed since the look before, by name.</returns>
    public IReadOnlyList<string> Look()
    {
        Dictionary<string, (long Length, DateTime Written)> look = new DirectoryInfo(folders.Inbox)
            .EnumerateFiles("*", Files)
            .ToDictionary(file => file.FullName, file => (file.Length, file.LastWriteTimeUtc));
        Dictionary<string, (long Length, DateTime Written)> before = lastLook;
        lastLook = look;
        return [.. look.Keys.Where(path => before.TryGetValue(path, out var then) && then == look[path]).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a file is still as the last look found it.</summary>
    public bool IsUnchanged(string path)
    {
        FileInfo file = new(path);
        return file.Exists && lastLook.TryGetValue(path, out var look) && look == (file.Length, file.LastWriteTimeUtc);
    }
}
