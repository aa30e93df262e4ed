using System.Text.RegularExpressions;
using InceptionMl.Internal;

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

/// <summary>Paths as a list of images writes them: relative to the list's folder.</summary>
public static partial class ListedPath
{
    private const string DataUri = "data:";

    /// <summary>Where a path leads, how it is spelled on this platform, and whether something is there; null if it cannot be a path.</summary>
    /// <param name="written">The path as the list has it.</param>
    /// <param name="folder">The list's folder, absolute.</param>
    public static (string Written, string Full, bool IsThere)? Resolve(string written, string folder)
    {
        try
        {
            string full = Path.GetFullPath(written, folder);
            string? there = SpelledPath.Find(full);

            // A list written on Windows separates folders with backslashes.
            if (Path.DirectorySeparatorChar == '/' && written.Contains('\\') && there is null)
            {
                written = written.Replace('\\', '/');
                full = Path.GetFullPath(written, folder);
                there = SpelledPath.Find(full);
            }

            return (written, there ?? full, there is not null);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Determines whether a text is an image written as text, which may be long.</summary>
    public static bool IsDataUri(string written) => written.StartsWith(DataUri, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a text is that is no path, and what to do; null if it may be one.</summary>
    public static string? Refusal(string written) =>
        IsDataUri(written) ? "is a data URI, an image written as text: only files are read, so write its bytes to a file and list that"
        : Scheme().IsMatch(written) ? "is an address: only files are read and nothing is fetched, so download it and list the file"
        : null;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+://")]
    private static partial Regex Scheme();
}

/// <summary>
/// Paths whose names are composed in one place and decomposed in another: a list written on a Mac names files decomposed, most other systems
/// name them composed.
/// </summary>
public static class SpelledPath
{
    /// <summary>Where something is that a path leads to, each of its names as written, composed or decomposed; null if nothing is.</summary>
    /// <param name="full">An absolute path. No name of it changes but in its form, so nothing above or beside it is reached.</param>
    public static string? Find(string full) =>
        Path.Exists(full) ? full
        : System.Text.Ascii.IsValid(full) || Path.GetPathRoot(full) is not { Length: > 0 } root ? null
        : Find(root, full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where something is that a path leads to from the current folder; null if it is not there by that name alone either.</summary>
    public static string? FindOther(string path)
    {
        try
        {
            return System.Text.Ascii.IsValid(path) || Path.Exists(path) ? null : Find(Path.GetFullPath(path));
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? Find(string start, ReadOnlySpan<string> names)
    {
        if (names.IsEmpty)
        {
            return start;
        }

        foreach (string name in Spellings(names[0]))
        {
            string path = Path.Join(start, name);
            if (Path.Exists(path) && Find(path, names[1..]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static IEnumerable<string> Spellings(string name) => System.Text.Ascii.IsValid(name)
        ? [name]
        : new[] { name, CanonicalText.Compose(name), CanonicalText.Decompose(name) }.Distinct(StringComparer.Ordinal);
}
