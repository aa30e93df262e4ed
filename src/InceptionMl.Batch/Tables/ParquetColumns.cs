using InceptionMl.Batch.Internal;
using Parquet.Schema;

namespace InceptionMl.Batch;

/// <summary>Which columns of a Parquet file are read.</summary>
/// <param name="Path">Paths: of the images, or the names under which images in <paramref name="Bytes"/> are reported; null for none.</param>
/// <param name="Bytes">Encoded images; null if the paths lead to them.</param>
/// <param name="Id">What is carried through; null for none.</param>
internal sealed record ParquetColumns(DataField? Path, DataField? Bytes, DataField? Id)
{
    /// <summary>Gets the columns that are read.</summary>
    public IEnumerable<DataField> All => new[] { Path, Bytes, Id }.OfType<DataField>();

    /// <summary>Gets the columns that options name, or that their names and types tell.</summary>
    /// <exception cref="DatasetException">There is no such column, or it is open which is meant.</exception>
    public static ParquetColumns Find(string table, DataField[] fields, BatchOptions options)
    {
        DataField[] texts = Single(fields, typeof(string), typeof(ReadOnlyMemory<char>));
        DataField[] binaries = Single(fields, typeof(byte[]), typeof(ReadOnlyMemory<byte>));
        DataField? id = options.IdColumn is { } idName ? FindId(table, fields, idName) : null;
        DataField? path = options.PathColumn is { } pathName ? texts[TableColumns.Named(table, Names(texts), pathName)]
            : TableColumns.FindPaths(table, Names(texts)) is { } index ? texts[index]
            : null;
        if (options.BytesColumn is { } bytesName)
        {
            return new ParquetColumns(path, binaries[TableColumns.Named(table, Names(binaries), bytesName)], id);
        }

        return path is not null ? new ParquetColumns(path, null, id)
            : binaries.Length == 1 ? new ParquetColumns(null, binaries[0], id)
            : throw TableColumns.Unclear(table, $"'{table}' has no {TableColumns.NoPaths} and {(binaries.Length == 0 ? "no" : "more than one")} binary column; its columns are {TableColumns.All(Names(fields))}.");
    }

    private static DataField FindId(string table, DataField[] fields, string wanted)
    {
        DataField[] single = [.. fields.Where(field => field.MaxRepetitionLevel == 0)];
        DataField found = single[TableColumns.Named(table, Names(single), wanted)];
        return ParquetIds.CanRead(found) ? found
            : throw TableColumns.Unclear(table, $"'{table}' has a column '{wanted}' that is not text or a whole number, as an id must be; name another column.");
    }

    // One value a row: no part of a list or a map.
    private static DataField[] Single(DataField[] fields, params Type[] types) =>
        [.. fields.Where(field => types.Contains(field.ClrType) && field.MaxRepetitionLevel == 0)];

    private static string[] Names(DataField[] fields) => [.. fields.Select(field => string.Join('.', field.Path.ToList()))];
}
