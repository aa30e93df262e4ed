namespace InceptionMl.Internal;

/// <summary>The path of a file or folder with every symbolic link on the way resolved, so that one folder has one name.</summary>
public static class RealPath
{
    // What POSIX systems allow before they call it a loop.
    private const int MostLinks = 40;

    // What these systems keep files on seldom tells capitals from small letters.
    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Gets what tells resolved paths apart.</summary>
    public static StringComparer Comparer => StringComparer.FromComparison(Comparison);

    public static string Resolve(string path)
    {
        int links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    /// <summary>Determines whether two paths lead to one place.</summary>
    public static bool AreSame(string path, string other) => Resolve(path).Equals(Resolve(other), Comparison);

    /// <summary>Determines whether a path leads to a folder, or into it.</summary>
    public static bool IsSameOrBelow(string path, string folder) => IsResolvedSameOrBelow(Resolve(path), Resolve(folder));

    /// <summary>Determines whether a resolved path is that of a resolved folder, or below it.</summary>
    public static bool IsResolvedSameOrBelow(string real, string above) =>
        real.StartsWith(above, Comparison)
        && (real.Length == above.Length || Path.EndsInDirectorySeparator(above) || real[above.Length] == Path.DirectorySeparatorChar);

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
