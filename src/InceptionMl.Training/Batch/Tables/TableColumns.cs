using InceptionMl.Training.Datasets;

namespace InceptionMl.Training.Batch.Tables;

/// <summary>Finds columns by their names.</summary>
internal static class TableColumns
{
    /// <summary>The column that was asked for by name.</summary>
    /// <exception cref="DatasetException">There is none, or there are several.</exception>
    public static int Named(string table, IReadOnlyList<string> names, string wanted)
    {
        int[] found = Matching(names, name => name.Trim() == wanted);
        found = found.Length > 0 ? found : Matching(names, name => name.Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return found.Length == 1
            ? found[0]
            : throw new DatasetException($"'{table}' has {(found.Length == 0 ? "no column" : $"{found.Length} columns")} '{wanted}'; its columns are {Listing.Of(names)}");
    }

    /// <summary>The column that is called as columns of paths are; null where there is none.</summary>
    /// <exception cref="DatasetException">There are several, and none is called path.</exception>
    public static int? OfPaths(string table, IReadOnlyList<string> names)
    {
        int[] found = Matching(names, name => ManifestHeader.PathNames.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));
        int[] exact = Matching(names, name => name.Trim() == ManifestHeader.PathNames[0]);
        return exact.Length == 1 ? exact[0]
            : found.Length <= 1 ? found.Length == 0 ? null : found[0]
            : throw new DatasetException($"'{table}' has {found.Length} columns that could hold paths, {Listing.Of(found.Select(i => names[i]))}; say which with --path-column");
    }

    private static int[] Matching(IReadOnlyList<string> names, Func<string, bool> matches) =>
        [.. Enumerable.Range(0, names.Count).Where(i => matches(names[i]))];
}
