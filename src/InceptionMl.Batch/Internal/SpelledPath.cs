using InceptionMl.Internal;
using InceptionMl.Models;

namespace InceptionMl.Batch.Internal;

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
