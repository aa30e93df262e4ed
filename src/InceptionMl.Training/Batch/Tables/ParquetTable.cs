using System.Runtime.CompilerServices;
using InceptionMl.Training.Datasets;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace InceptionMl.Training.Batch.Tables;

/// <summary>A Parquet file with a column of paths, or a binary column of encoded images, read a row group at a time.</summary>
internal static class ParquetTable
{
    /// <summary>Its images, a row at a time.</summary>
    /// <exception cref="DatasetException">The schema does not say where the images are.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a row group is larger than is allowed.</exception>
    public static async IAsyncEnumerable<BatchInput> ReadAsync(
        string table, BatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(table))!;
        FileStream file = File.OpenRead(table);
        await using (file.ConfigureAwait(false))
        {
            ParquetFooter.Check(file);
            ParquetReader reader = await SoundAsync(() => ParquetReader.CreateAsync(file, cancellationToken: cancellationToken)).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                ParquetColumns columns = ParquetColumns.Find(table, Sound(() => reader.Schema.GetDataFields()), options);
                long first = 1;
                for (int i = 0; i < reader.RowGroupCount; i++)
                {
                    int index = i;
                    using ParquetRowGroupReader group = Sound(() => reader.OpenRowGroupReader(index));
                    int rows = Refuse(group, columns, file.Length, options);
                    string?[]? ids = columns.Id is null ? null
                        : await SoundAsync(() => ParquetIds.ReadAsync(group, columns.Id, rows, cancellationToken)).ConfigureAwait(false);
                    string?[]? paths = await StringsAsync(group, columns.Path, rows, cancellationToken).ConfigureAwait(false);
                    byte[]?[]? images = await BytesAsync(group, columns.Bytes, rows, cancellationToken).ConfigureAwait(false);
                    for (int row = 0; row < rows; row++)
                    {
                        string place = FormattableString.Invariant($"{table}#{first + row}");
                        yield return images is null
                            ? ListedImage.Input(paths![row] ?? string.Empty, folder, place, ids?[row])
                            : Held(images, row, Name(paths?[row]) ?? place, ids?[row], options);
                    }

                    first += rows;
                }
            }
        }
    }

    private static int Refuse(ParquetRowGroupReader group, ParquetColumns columns, long fileLength, BatchOptions options)
    {
        long rows = group.RowCount;
        if (rows < 0 || rows > options.MaxGroupRows)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"has a row group of {rows:N0} rows, more than the {options.MaxGroupRows:N0} that are read at once: write it with smaller row groups"));
        }

        foreach (DataField field in columns.All)
        {
            ColumnMetaData? stated = Sound(() => group.GetMetadata(field))?.MetaData;
            if (stated is null || stated.NumValues != rows || stated.TotalUncompressedSize < 0 || stated.TotalCompressedSize < 0
                || stated.TotalCompressedSize > fileLength)
            {
                throw new InvalidDataException($"is a damaged Parquet file: what it states of its column '{field.Path}' cannot be");
            }

            if (Math.Max(stated.TotalUncompressedSize, stated.TotalCompressedSize) > options.MaxColumnBytes)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"has a row group with {stated.TotalUncompressedSize:N0} bytes of '{field.Path}', more than the {options.MaxColumnBytes:N0} that are read at once: write it with smaller row groups"));
            }
        }

        return (int)rows;
    }

    private static async Task<string?[]?> StringsAsync(ParquetRowGroupReader group, DataField? field, int rows, CancellationToken cancellationToken)
    {
        if (field is null)
        {
            return null;
        }

        string?[] values = new string?[rows];
        await SoundAsync(async () =>
        {
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return rows;
        }).ConfigureAwait(false);
        return values;
    }

    private static async Task<byte[]?[]?> BytesAsync(ParquetRowGroupReader group, DataField? field, int rows, CancellationToken cancellationToken)
    {
        if (field is null)
        {
            return null;
        }

        byte[]?[] values = new byte[]?[rows];
        await SoundAsync(async () =>
        {
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return rows;
        }).ConfigureAwait(false);
        return values;
    }

    private static BatchInput Held(byte[]?[] images, int row, string name, string? id, BatchOptions options)
    {
        // The array lets go of what is handed on, so that a row group shrinks as it is scored.
        byte[]? image = images[row];
        images[row] = null;
        return image is null ? BatchInput.Unusable(name, "has no image", id)
            : image.Length > options.Limits.MaxFileBytes
                ? BatchInput.Unusable(name, FormattableString.Invariant($"has {image.Length:N0} bytes, more than the limit of {options.Limits.MaxFileBytes:N0}"), id)
            : BatchInput.InMemory(name, image, id);
    }

    private static string? Name(string? path) => string.IsNullOrWhiteSpace(path) ? null : string.Concat(path.Select(c => char.IsControl(c) ? '\uFFFD' : c));

    private static T Sound<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    private static async Task<T> SoundAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    // On bytes that are no Parquet the reader fails in every way there is: by index, by cast, by null, by an array that cannot be.
    private static bool IsDamage(Exception exception) =>
        exception is EndOfStreamException or not (OperationCanceledException or IOException or UnauthorizedAccessException);

    private static InvalidDataException Damaged(Exception exception) =>
        new($"is a damaged Parquet file ({exception.GetType().Name}): write it again; what was not read yet is left out", exception);
}
