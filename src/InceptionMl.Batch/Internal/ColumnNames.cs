namespace InceptionMl.Batch.Internal;

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
