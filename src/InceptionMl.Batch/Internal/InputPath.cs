namespace InceptionMl.Batch.Internal;

/// <summary>How paths are written when they are reported.</summary>
public static class InputPath
{
    /// <summary>Gets a value that indicates whether the platform's usual file system ignores the case of names.</summary>
    public static bool IgnoresCase { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS();

    /// <summary>A folder as the user gave it, ready for '/' and a name below it.</summary>
    public static string Shown(string folder)
    {
        while (Path.TrimEndingDirectorySeparator(folder) is { } trimmed && trimmed.Length < folder.Length)
        {
            folder = trimmed;
        }

        return folder;
    }
}
