namespace InceptionMl.Training.Datasets;

/// <summary>Paths as a list of images writes them: relative to the list's folder.</summary>
internal static class ListedPath
{
    /// <summary>Where a path leads, and how it is spelled on this platform; null where it cannot be a path.</summary>
    /// <param name="written">The path as the list has it.</param>
    /// <param name="folder">The list's folder, absolute.</param>
    public static (string Written, string Full)? Resolve(string written, string folder)
    {
        try
        {
            string full = Path.GetFullPath(written, folder);

            // A list written on Windows separates folders with backslashes.
            if (Path.DirectorySeparatorChar == '/' && written.Contains('\\') && !File.Exists(full))
            {
                written = written.Replace('\\', '/');
                full = Path.GetFullPath(written, folder);
            }

            return (written, full);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            return null;
        }
    }
}
