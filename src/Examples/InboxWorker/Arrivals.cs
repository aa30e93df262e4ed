namespace InboxWorker;

/// <summary>
/// The files of the inbox that are there whole: a file counts when two looks in turn find the same length and time of writing, so that
/// one that is still being copied is left alone.
/// </summary>
internal sealed class Arrivals(InboxFolders folders)
{
    // On Unix a name with a leading dot is hidden: where copying programs keep what is not there whole.
    private static readonly EnumerationOptions Files = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint };

    private readonly HashSet<string> told = [];
    private Dictionary<string, (long Length, DateTime Written)> lastLook = [];

    /// <summary>Looks at the inbox.</summary>
    /// <param name="problem">Told once of each file that cannot be looked at, and why; the others go on.</param>
    /// <returns>Paths of the files that have not changed since the look before, by name.</returns>
    public IReadOnlyList<string> Look(Action<string, string> problem)
    {
        Dictionary<string, (long Length, DateTime Written)> look = [];
        foreach (FileInfo file in new DirectoryInfo(folders.Inbox).EnumerateFiles("*", Files))
        {
            try
            {
                look[file.FullName] = (file.Length, file.LastWriteTimeUtc);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It has gone since, or its name is in an encoding that leads nowhere.
                if (told.Add(file.FullName))
                {
                    problem(file.Name, exception.Message);
                }
            }
        }

        Dictionary<string, (long Length, DateTime Written)> before = lastLook;
        lastLook = look;
        return [.. look.Keys.Where(path => before.TryGetValue(path, out var then) && then == look[path]).Order(StringComparer.Ordinal)];
    }

    /// <summary>Determines whether a file is still as the last look found it.</summary>
    public bool IsUnchanged(string path)
    {
        FileInfo file = new(path);
        return file.Exists && lastLook.TryGetValue(path, out var look) && look == (file.Length, file.LastWriteTimeUtc);
    }
}
