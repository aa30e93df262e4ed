namespace InceptionMl.Training.Datasets;

/// <summary>Which column of a manifest holds what.</summary>
internal sealed record ManifestHeader(string Delimiter, int Columns, int Path, int Label, int? Split, int? Weight, int? Group)
{
    private static readonly string[] PathNames = ["path", "file", "filename", "image", "image_path"];
    private static readonly string[] LabelNames = ["label", "class", "category"];

    /// <summary>The header read with one delimiter; null where it then has no path or no label column.</summary>
    /// <exception cref="DatasetException">Two columns could hold the same thing, or none has the groups' name.</exception>
    public static ManifestHeader? Find(string[] names, string delimiter, string manifest, string? groupColumn)
    {
        int? path = Only(names, PathNames, "path", manifest);
        int? label = Only(names, LabelNames, "label", manifest);
        return path is null || label is null
            ? null
            : new ManifestHeader(
                delimiter, names.Length, path.Value, label.Value, Only(names, ["split"], "split", manifest), Only(names, ["weight"], "weight", manifest),
                groupColumn is null ? null : Grouping(names, groupColumn, manifest));
    }

    public static string Missing(string manifest) =>
        $"'{manifest}', line 1: the header needs a path column ({string.Join(", ", PathNames)}) and a label column ({string.Join(", ", LabelNames)}), separated by commas, semicolons or tabs.";

    private static int Grouping(string[] names, string column, string manifest) => Only(names, [column], "group", manifest)
        ?? throw new DatasetException($"'{manifest}', line 1: there is no column '{column}' to group by; the columns are {Listing.Of(names.Select(name => name.Trim()))}.");

    private static int? Only(string[] names, string[] wanted, string what, string manifest)
    {
        int[] found = [.. Enumerable.Range(0, names.Length).Where(i => wanted.Contains(names[i].Trim(), StringComparer.OrdinalIgnoreCase))];
        return found.Length <= 1
            ? found.Length == 0 ? null : found[0]
            : throw new DatasetException(
                $"'{manifest}', line 1: {found.Length} columns could be the {what}, {Listing.Of(found.Select(i => names[i].Trim()))}; keep one of them.");
    }
}
