using InceptionMl.Batch.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>Says why the columns of a manifest cannot be told, by its header and its first rows.</summary>
internal static class ManifestDiagnosis
{
    private const int Looked = 100;

    /// <summary>The refusal.</summary>
    /// <param name="rows">The manifest, its header read.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="columns">The columns that were asked for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static DatasetException CreateException(DelimitedRows rows, string manifest, DatasetSource.ManifestColumns columns, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        if (TableColumns.Has(rows.Header, columns.Given))
        {
            if (rows.Header.Any(name => HeaderlessRow.IsImage(name, folder)))
            {
                return new DatasetException(FormattableString.Invariant(
                    $"'{manifest}' has no header: line {rows.HeaderLine} is a row already, {TableColumns.All(rows.Header)}. Put a line above it that names the columns, such as path,label."))
                { Path = manifest };
            }

            if (columns.Label is null && OneHot(rows, columns, cancellationToken) is { Count: > 1 } classes)
            {
                return new DatasetException(
                    $"'{manifest}' has no label column; its columns {NameList.Join(classes)} look one-hot, a 1 in that of the image's class. Write one column, label, that holds the name of the class instead.")
                { Path = manifest };
            }
        }

        return ManifestHeader.Missing(rows.Header, manifest, rows.HeaderLine, columns);
    }

    // Columns of nothing but 0 and 1, beside a column of paths.
    private static IReadOnlyList<string> OneHot(DelimitedRows rows, DatasetSource.ManifestColumns columns, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> names = rows.Header;
        if (columns.Path is null && ColumnNames.Find(names, ColumnNames.Path).Places.Length == 0)
        {
            return [];
        }

        List<string[]> looked = [.. rows.Rows(cancellationToken).Select(row => row.Fields).Where(fields => fields.Length == names.Count).Take(Looked)];
        int[] hot = [.. Enumerable.Range(0, names.Count).Where(i => looked.TrueForAll(fields => Bit(fields[i]) is not null))];
        return looked.Exists(fields => hot.Any(i => Bit(fields[i]) == true)) ? [.. hot.Select(i => names[i].Trim())] : [];
    }

    private static bool? Bit(string field) => field.Trim().ToUpperInvariant() switch
    {
        "0" or "0.0" or "FALSE" => false,
        "1" or "1.0" or "TRUE" => true,
        _ => null,
    };
}
