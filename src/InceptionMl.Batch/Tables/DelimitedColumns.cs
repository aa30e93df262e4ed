using InceptionMl.Batch.Internal;

namespace InceptionMl.Batch.Tables;

/// <summary>Which column of a CSV or TSV file holds what.</summary>
internal sealed record DelimitedColumns(int Count, int Path, int? Id)
{
    /// <summary>Gets the header read with one delimiter; null if it then has no column of paths.</summary>
    /// <exception cref="DatasetException">It has one, and no such id column, or leaves open which column is meant.</exception>
    public static DelimitedColumns? Find(string table, string[] names, BatchOptions options)
    {
        int? path = options.PathColumn is not { } wanted ? TableColumns.FindPaths(table, names)
            : TableColumns.Has(names, [wanted]) ? TableColumns.Named(table, names, wanted)
            : null;
        return path is { } column
            ? new DelimitedColumns(names.Length, column, options.IdColumn is { } id ? TableColumns.Named(table, names, id) : null)
            : null;
    }

    /// <summary>What tells the path in the rows of a file without a header; null where options name columns, which only a header has.</summary>
    public static Func<string[], DelimitedColumns?>? CreateFinder(string table, BatchOptions options)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(table))!;
        return options.PathColumn is not null || options.IdColumn is not null ? null
            : fields => HeaderlessRow.Path(fields, folder) is { } path ? new DelimitedColumns(fields.Length, path, Id: null) : null;
    }
}
