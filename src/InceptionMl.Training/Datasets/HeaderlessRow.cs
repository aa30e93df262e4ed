using InceptionMl.Images;

namespace InceptionMl.Training.Datasets;

/// <summary>What the first line of a table tells that has no header: which of its fields is the path of an image.</summary>
internal static class HeaderlessRow
{
    /// <summary>The columns of a manifest whose first line is a row already, as those of Vertex AI and AutoML are; null where it is not clearly one.</summary>
    /// <param name="fields">The fields: a path and a label, and perhaps a part.</param>
    /// <param name="folder">The manifest's folder.</param>
    public static ManifestHeader? Find(string[] fields, string folder)
    {
        if (Path(fields, folder) is not { } path || fields.Length is < 2 or > 3)
        {
            return null;
        }

        int[] others = [.. Enumerable.Range(0, fields.Length).Where(i => i != path && fields[i].Length > 0)];
        int? part = others.Length == 2 ? others.Cast<int?>().FirstOrDefault(i => PartNames.IsKnown(fields[i!.Value])) : null;
        int[] labels = [.. others.Where(i => i != part)];
        return labels is [int label] ? new ManifestHeader(fields.Length, path, label, part, null, null, null) : null;
    }

    /// <summary>The only field that is the path of an image, by its extension or by what is there; null where there is none, or several.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="folder">The table's folder.</param>
    public static int? Path(string[] fields, string folder)
    {
        int[] found = [.. Enumerable.Range(0, fields.Length).Where(i => IsImage(fields[i], folder))];
        return found is [int only] && (fields.Length > 1 || !HoldsDelimiter(fields[0]) || File.Exists(System.IO.Path.Combine(folder, fields[0]))) ? only : null;
    }

    // One field may be several, by another delimiter.
    private static bool HoldsDelimiter(string field) => field.AsSpan().ContainsAny(",;\t|");

    /// <summary>Whether a field is the path of an image.</summary>
    public static bool IsImage(string field, string folder) => ListedPath.Refusal(field) is not null || ImageSignature.HasImageExtension(field)
        || (field.AsSpan().ContainsAny('/', '\\', '.') && ListedPath.Resolve(field, folder) is { IsThere: true, Full: var full } && File.Exists(full));
}
