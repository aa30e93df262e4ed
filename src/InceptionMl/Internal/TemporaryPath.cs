namespace InceptionMl.Internal;

/// <summary>
/// The names under which files and folders are being written, <c>NAME.GUID.tmp</c> beside <c>NAME</c>, and what killed processes left under
/// them. Whoever writes holds a lock on what it writes, which the system releases when the process dies.
/// </summary>
public static class TemporaryPath
{
    /// <summary>The file inside a temporary folder that its owner holds open.</summary>
    public const string LockName = ".lock";

    private const string Suffix = ".tmp";
    private const int GuidDigits = 32;

    /// <summary>A new name to write under.</summary>
    /// <param name="path">The full path of the file to be written.</param>
    public static string Create(string path) => $"{path}.{Guid.NewGuid():N}{Suffix}";

    /// <summary>Determines whether a path is one under which another is being written.</summary>
    /// <param name="path">The path that may be.</param>
    /// <param name="written">The file to be written.</param>
    public static bool IsFor(string path, string written) =>
        path.Length == written.Length + 1 + GuidDigits + Suffix.Length
        && path.StartsWith(written + ".", StringComparison.Ordinal)
        && path.EndsWith(Suffix, StringComparison.Ordinal)
        && Guid.TryParseExact(path.AsSpan(written.Length + 1, GuidDigits), "N", out _);

    /// <summary>Deletes what killed processes left beside a file; what a living one still writes stays.</summary>
    /// <param name="path">The full path of the file to be written.</param>
    public static void Sweep(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (string left in Directory.EnumerateFileSystemEntries(folder).Where(entry => IsFor(entry, path)).ToArray())
        {
            try
            {
                Remove(left);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Its owner lives, another process sweeps it now, or it is not ours to delete.
            }
        }
    }

    /// <summary>Opens a file that no other process holds; it is held until the result is disposed.</summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public static FileStream Hold(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);

    private static void Remove(string left)
    {
        if ((File.GetAttributes(left) & FileAttributes.ReparsePoint) != 0)
        {
            return;
        }

        if (!Directory.Exists(left))
        {
            using FileStream held = Hold(left, FileMode.Open);
            File.Delete(left);
            return;
        }

        using (Hold(Path.Combine(left, LockName), FileMode.Open))
        {
            // A folder's lock can be deleted while it is held, except on Windows, where it goes last.
            DeleteAllBut(left, LockName);
        }

        Directory.Delete(left, recursive: true);
    }

    private static void DeleteAllBut(string folder, string name)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != name).ToArray())
        {
            File.Delete(file);
        }
    }
}
