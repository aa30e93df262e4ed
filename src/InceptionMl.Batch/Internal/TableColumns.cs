using InceptionMl.Internal;

namespace InceptionMl.Batch.Internal;

/// <summary>Finds the columns of a table by their names.</summary>
public static class TableColumns
{
    /// <summary>What a table lacks in which no column is called as columns of paths are.</summary>
    public static readonly string NoPaths = $"column of paths ({string.Join(", ", ColumnNames.Path[0])} or the like)";

    /// <summary>Gets the column that was asked for by name.</summary>
    /// <exception cref="DatasetException">There is none, or there are several.</exception>
    public static int Named(string table, IReadOnlyList<string> names, string wanted)
    {
        int[] found = Matching(names, name => name.Trim() == wanted.Trim());
        found = found.Length > 0 ? found : Matching(names, name => IsCalled(name, wanted));
        return found.Length == 1
            ? found[0]
            : throw Unclear(table, $"'{table}' has {(found.Length == 0 ? "no column" : $"{found.Length} columns")} '{wanted}'; its columns are {All(names)}.");
    }

    /// <summary>Determines whether a header has columns of these names, in any case.</summary>
    public static bool Has(IReadOnlyList<string> names, IEnumerable<string> wanted) => wanted.All(each => names.Any(name => IsCalled(name, each)));

    /// <summary>Gets the column that is called as columns of its kind are; null if there is none.</summary>
    /// <exception cref="DatasetException">There are several, and no name counts before the others.</exception>
    public static int? Known(string table, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> tiers, string what)
    {
        (_, int[] found) = ColumnNames.Find(names, tiers);
        return found.Length <= 1
            ? found.Length == 0 ? null : found[0]
            : throw Unclear(table, $"'{table}' has {found.Length} columns that could be the {what}, {All(found.Select(i => names[i]))}; keep one of them, or say which it is.");
    }

    /// <summary>The column of paths; null if there is none.</summary>
    /// <exception cref="DatasetException">There are several, and none is called path.</exception>
    public static int? FindPaths(string table, IReadOnlyList<string> names)
    {
        int[] exact = Matching(names, name => name.Trim() == ColumnNames.Path[0][0]);
        return exact.Length == 1 ? exact[0] : Known(table, names, ColumnNames.Path, "path");
    }

    /// <summary>The refusal of a table in which it is not clear which column holds what.</summary>
    public static DatasetException Unclear(string table, string message) => new(message) { Reason = DatasetErrorReason.Columns, Path = table };

    /// <summary>Gets the names of columns in a sentence.</summary>
    public static string All(IEnumerable<string> names) => NameList.Join(names.Select(name => name.Trim()));

    private static bool IsCalled(string name, string wanted) => name.Trim().Equals(wanted.Trim(), StringComparison.OrdinalIgnoreCase);

    private static int[] Matching(IReadOnlyList<string> names, Func<string, bool> matches) =>
        [.. Enumerable.Range(0, names.Count).Where(i => matches(names[i]))];
}

/// <summary>
/// What columns of tables are usually called, in tiers: a name counts only where none of an earlier tier is there. Spaces, hyphens, underscores and case
/// do not matter beyond the first tier.
/// </summary>
public static class ColumnNames
{
    /// <summary>What columns of paths are called.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Path =
    [
        ["path", "file", "filename", "image", "image_path"],
        [
            "filename", "imagepath", "imagesource", "filepath", "filepaths", "filenames", "files", "paths", "images", "imagename", "imagenames", "imagefile", "imagefilename",
            "imagepaths", "imgpath", "imgname", "imgfile", "img", "relativepath", "photo", "picture",
        ],
        ["imageurl", "imageuri", "gcsuri", "gcsfilepath", "url", "uri"],
    ];

    /// <summary>What columns of labels are called.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Label =
    [
        ["label", "class", "category"],
        [
            "labels", "classes", "categories", "classname", "classlabel", "labelname", "categoryname", "imagelabel", "target", "targets",
            "targetname", "groundtruth", "tag",
        ],
    ];

    /// <summary>What columns of parts are called.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Part = [["split"], ["part"], ["subset", "set", "partition", "datasplit", "datasetsplit", "mluse"]];

    /// <summary>What columns of weights are called.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<string>> Weight = [["weight"]];

    /// <summary>Gets the columns that a tier's names mean.</summary>
    /// <param name="names">The header.</param>
    /// <param name="tiers">The names, those that count first in front.</param>
    /// <returns>The tier, and the places of its columns; none if no name is known.</returns>
    public static (int Tier, int[] Places) Find(IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> tiers)
    {
        for (int tier = 0; tier < tiers.Count; tier++)
        {
            Func<string, string> form = tier == 0 ? name => name.Trim() : Plain;
            int[] found = [.. Enumerable.Range(0, names.Count).Where(i => tiers[tier].Contains(form(names[i]), StringComparer.OrdinalIgnoreCase))];
            if (found.Length > 0)
            {
                return (tier, found);
            }
        }

        return (tiers.Count, []);
    }

    private static string Plain(string name) => string.Concat(name.Where(c => c is not (' ' or '-' or '_')));
}
