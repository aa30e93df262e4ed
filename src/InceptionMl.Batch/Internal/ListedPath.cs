using System.Text.RegularExpressions;

namespace InceptionMl.Batch.Internal;

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
