using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace InceptionMl.Batch;

/// <summary>Reads a column of ids as text, whole numbers and GUIDs written as every culture reads them.</summary>
internal static class ParquetIds
{
    private static readonly Type[] Kinds =
    [
        typeof(string), typeof(ReadOnlyMemory<char>), typeof(int), typeof(long), typeof(short), typeof(sbyte), typeof(byte), typeof(ushort), typeof(uint),
        typeof(ulong), typeof(Guid),
    ];

    public static bool CanRead(DataField field) => Kinds.Contains(field.ClrType);

    /// <summary>Gets the ids of a row group by row, each written when it is asked for; null if a row has none.</summary>
    public static Task<Func<int, string?>> ReadAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken) => field.ClrType switch
    {
        Type type when type == typeof(int) => FormatAsync<int>(group, field, rows, cancellationToken),
        Type type when type == typeof(long) => FormatAsync<long>(group, field, rows, cancellationToken),
        Type type when type == typeof(short) => FormatAsync<short>(group, field, rows, cancellationToken),
        Type type when type == typeof(sbyte) => FormatAsync<sbyte>(group, field, rows, cancellationToken),
        Type type when type == typeof(byte) => FormatAsync<byte>(group, field, rows, cancellationToken),
        Type type when type == typeof(ushort) => FormatAsync<ushort>(group, field, rows, cancellationToken),
        Type type when type == typeof(uint) => FormatAsync<uint>(group, field, rows, cancellationToken),
        Type type when type == typeof(ulong) => FormatAsync<ulong>(group, field, rows, cancellationToken),
        Type type when type == typeof(Guid) => FormatAsync<Guid>(group, field, rows, cancellationToken),
        _ => TextAsync(group, field, rows, cancellationToken),
    };

    private static async Task<Func<int, string?>> TextAsync(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<char>?[] texts = await ParquetValues.ReadAsync<char>(group, field, rows, cancellationToken).ConfigureAwait(false);
        return row => texts[row]?.ToString();
    }

    private static async Task<Func<int, string?>> FormatAsync<T>(ParquetRowGroupReader group, DataField field, int rows, CancellationToken cancellationToken)
        where T : struct, IFormattable
    {
        if (field.IsNullable)
        {
            T?[] optional = new T?[rows];
            await group.ReadAsync<T>(field, optional.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return row => optional[row]?.ToString(null, CultureInfo.InvariantCulture);
        }

        T[] values = new T[rows];
        await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
        return row => values[row].ToString(null, CultureInfo.InvariantCulture);
    }
}

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
