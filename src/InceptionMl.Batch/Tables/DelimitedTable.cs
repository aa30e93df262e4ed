using InceptionMl.Batch.Internal;

namespace InceptionMl.Batch;

/// <summary>A CSV or TSV file with a header and a column of paths.</summary>
internal sealed class DelimitedTable : IBatchSource
{
    public bool HasName(string path) => TableFile.HasExtension(path, ".csv", ".tsv", ".tab");

    public bool CanRead(string argument) => HasName(argument) && TableFile.IsPossible(argument);

    /// <summary>Reads the header alone.</summary>
    /// <exception cref="DatasetException">It does not say where the paths are.</exception>
    public Task CheckAsync(string table, BatchOptions options, CancellationToken cancellationToken)
    {
        using DelimitedRows rows = new(table, options.LongestLine);
        Columns(rows, table, options);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<BatchInput> ReadAsync(string table, BatchOptions options, InputTally tally, CancellationToken cancellationToken) =>
        Read(table, options, cancellationToken).ToAsyncEnumerable();

    /// <summary>Its images, a row at a time.</summary>
    /// <exception cref="DatasetException">The header does not say where the paths are.</exception>
    /// <exception cref="InvalidDataException">The file is damaged further on; no row can be told from there.</exception>
    private static IEnumerable<BatchInput> Read(string table, BatchOptions options, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(table))!;
        using DelimitedRows rows = new(table, options.LongestLine);
        DelimitedColumns columns = Columns(rows, table, options);
        using IEnumerator<(long Line, string[] Fields)> each = rows.Rows(cancellationToken).GetEnumerator();
        while (MoveNext(each))
        {
            (long line, string[] fields) = each.Current;
            string row = FormattableString.Invariant($"{table}, line {line}");
            yield return fields.Length == columns.Count
                ? ListedImage.Input(fields[columns.Path], folder, row, columns.Id is { } id ? fields[id] : null)
                : BatchInput.Unusable(row, fields.FirstOrDefault(ListedPath.IsDataUri) is { } image ? ListedPath.Refusal(image)! : FormattableString.Invariant(
                    $"has {fields.Length} fields and the header {columns.Count}: put fields that hold the delimiter in quotes"));
        }
    }

    private static DelimitedColumns Columns(DelimitedRows rows, string table, BatchOptions options) =>
        rows.ReadHeader(names => DelimitedColumns.Find(table, names, options), DelimitedColumns.CreateFinder(table, options)) ?? throw Missing(rows.Header, table, options);

    private static bool MoveNext(IEnumerator<(long Line, string[] Fields)> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (DatasetException exception)
        {
            throw new InvalidDataException($"was read only so far: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static DatasetException Missing(IReadOnlyList<string> names, string table, BatchOptions options) => TableColumns.Unclear(
        table, $"'{table}' has no {(options.PathColumn is { } wanted ? $"column '{wanted}'" : TableColumns.NoPaths)}; its columns are {TableColumns.All(names)}.");
}

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
