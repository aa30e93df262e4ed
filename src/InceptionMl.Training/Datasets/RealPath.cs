namespace InceptionMl.Training.Datasets;

/// <summary>The path of a file or folder with every symbolic link on the way resolved, so that one folder has one name.</summary>
internal static class RealPath
{
    // What POSIX systems allow before they call it a loop.
    private const int MostLinks = 40;

    public static string Of(string path)
    {
        int links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    private static string Resolve(string fullPath, ref int links)
    {
        string current = Path.GetPathRoot(fullPath)!;
        foreach (string name in fullPath[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Join(current, name);
            if (new DirectoryInfo(current).LinkTarget is { } target)
            {
                if (++links > MostLinks)
                {
                    throw new IOException($"'{fullPath}' passes through more than {MostLinks} symbolic links.");
                }

                current = Resolve(Path.GetFullPath(target, Path.GetDirectoryName(current)!), ref links);
            }
        }

        return current;
    }
}
