using Parquet;
using Parquet.Schema;

namespace InceptionMl.Batch.Tables;

/// <summary>
/// Reads a column of texts or of bytes without copies: rows that share an entry of the column's dictionary share its memory. A small file
/// may repeat a large entry in millions of rows.
/// </summary>
internal static class ParquetValues
{
    /// <summary>Gets the values of a row group; null if a row has none.</summary>
    /// <typeparam name="T"><see cref="char"/> or <see cref="byte"/>.</typeparam>
    public static async Task<ReadOnlyMemory<T>?[]> ReadAsync<T>(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
        where T : struct
    {
        if (field.IsNullable)
        {
            ReadOnlyMemory<T>?[] optional = new ReadOnlyMemory<T>?[rows];
            await group.ReadAsync<ReadOnlyMemory<T>>(field, optional.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return optional;
        }

        ReadOnlyMemory<T>[] values = new ReadOnlyMemory<T>[rows];
        await group.ReadAsync<ReadOnlyMemory<T>>(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(values, value => (ReadOnlyMemory<T>?)value);
    }
}
