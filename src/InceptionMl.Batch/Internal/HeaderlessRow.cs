using InceptionMl.Images;
using InceptionMl.Images.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>What the first line of a table tells that has no header: which of its fields is the path of an image.</summary>
public static class HeaderlessRow
{
    /// <summary>Gets the only field that is the path of an image, by its extension or by what is there; null if there is none, or several.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="folder">The table's folder.</param>
    public static int? Path(string[] fields, string folder)
    {
        int[] found = [.. Enumerable.Range(0, fields.Length).Where(i => IsImage(fields[i], folder))];
        return found is [int only] && (fields.Length > 1 || !HoldsDelimiter(fields[0]) || File.Exists(System.IO.Path.Combine(folder, fields[0]))) ? only : null;
    }

    // One field may be several, by another delimiter.
    private static bool HoldsDelimiter(string field) => field.AsSpan().ContainsAny(",;\t|");

    /// <summary>Determines whether a field is the path of an image.</summary>
    public static bool IsImage(string field, string folder) => ListedPath.Refusal(field) is not null || ImageSignature.HasImageExtension(field)
        || (field.AsSpan().ContainsAny('/', '\\', '.') && ListedPath.Resolve(field, folder) is { IsThere: true, Full: var full } && File.Exists(full));
}
