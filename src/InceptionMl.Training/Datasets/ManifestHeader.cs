using InceptionMl.Batch.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>Which column of a manifest holds what.</summary>
/// <param name="Columns">How many there are.</param>
/// <param name="Path">The column of the paths.</param>
/// <param name="Label">The column of the labels.</param>
/// <param name="Part">The column of the parts.</param>
/// <param name="PartName">Its name, where what it holds tells whether it is one: it was neither asked for nor called split.</param>
/// <param name="Weight">The column of the weights.</param>
/// <param name="Group">The column of the groups.</param>
internal sealed record ManifestHeader(int Columns, int Path, int Label, int? Part, string? PartName, int? Weight, int? Group)
{
    /// <summary>Gets the header read with one delimiter; null if it then has no path or no label column, or none that was asked for.</summary>
    /// <exception cref="DatasetException">Two columns could hold the same thing, or none has the groups' name.</exception>
    public static ManifestHeader? Find(string[] names, string manifest, DatasetSource.ManifestColumns columns, string? groupColumn)
    {
        if (!TableColumns.Has(names, columns.Given))
        {
            return null;
        }

        // A column that was asked for is nothing else besides.
        int[] asked = [.. columns.Given.Select(name => TableColumns.Named(manifest, names, name))];
        string[] others = [.. names.Select((name, place) => asked.Contains(place) ? string.Empty : name)];
        int? path = Column(columns.Path, ColumnNames.Path, "path");
        int? label = Column(columns.Label, ColumnNames.Label, "label");
        if (path is null || label is null)
        {
            return null;
        }

        int? part = Column(columns.Part, ColumnNames.Part, "split");
        bool isGuessed = part is not null && columns.Part is null && ColumnNames.Find(others, ColumnNames.Part).Tier > 0;
        return new ManifestHeader(
            names.Length, path.Value, label.Value, part, isGuessed ? names[part!.Value].Trim() : null, Column(null, ColumnNames.Weight, "weight"),
            groupColumn is null ? null : TableColumns.Named(manifest, names, groupColumn));

        int? Column(string? wanted, IReadOnlyList<IReadOnlyList<string>> tiers, string what) =>
            wanted is null ? TableColumns.Known(manifest, others, tiers, what) : TableColumns.Named(manifest, names, wanted);
    }

    /// <summary>Gets the columns of a manifest whose first line is a row already, as those of Vertex AI and AutoML are; null if it is not clearly one.</summary>
    /// <param name="fields">The fields: a path and a label, and perhaps a part.</param>
    /// <param name="folder">The manifest's folder.</param>
    public static ManifestHeader? FindHeaderless(string[] fields, string folder)
    {
        if (HeaderlessRow.Path(fields, folder) is not { } path || fields.Length is < 2 or > 3)
        {
            return null;
        }

        int[] others = [.. Enumerable.Range(0, fields.Length).Where(i => i != path && fields[i].Length > 0)];
        int? part = others.Length == 2 ? others.Cast<int?>().FirstOrDefault(i => PartNames.IsKnown(fields[i!.Value])) : null;
        int[] labels = [.. others.Where(i => i != part)];
        return labels is [int label] ? new ManifestHeader(fields.Length, path, label, part, null, null, null) : null;
    }

    /// <summary>Why a header cannot be used.</summary>
    /// <param name="names">Its columns, by the delimiter that makes most of them.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="line">The header's line.</param>
    /// <param name="columns">The columns that were asked for.</param>
    public static DatasetException Missing(IReadOnlyList<string> names, string manifest, long line, DatasetSource.ManifestColumns columns)
    {
        if (columns.Given.FirstOrDefault(wanted => !TableColumns.Has(names, [wanted])) is { } stranger)
        {
            return TableColumns.Unclear(manifest, $"'{manifest}' has no column '{stranger}'; its columns are {TableColumns.All(names)}.");
        }

        List<string> missing = [];
        AddMissing(columns.Path, ColumnNames.Path, "path");
        AddMissing(columns.Label, ColumnNames.Label, "label");
        string delimiters = names.Count == 1 ? " between commas, semicolons, tabs or vertical bars" : "";
        return TableColumns.Unclear(manifest, FormattableString.Invariant(
            $"'{manifest}', line {line}: the header has no {string.Join(" and no ", missing)}{delimiters}; its columns are {TableColumns.All(names)}. Rename one, or say which it is."));

        void AddMissing(string? wanted, IReadOnlyList<IReadOnlyList<string>> tiers, string what)
        {
            if (wanted is null && ColumnNames.Find(names, tiers).Places.Length == 0)
            {
                missing.Add($"{what} column ({string.Join(", ", tiers[0])} or the like)");
            }
        }
    }
}
