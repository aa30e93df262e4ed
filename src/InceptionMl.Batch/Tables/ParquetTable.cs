using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace InceptionMl.Batch;

/// <summary>A Parquet file with a column of paths, or a binary column of encoded images, read a row group at a time.</summary>
internal sealed class ParquetTable : IBatchSource
{
    private const string SmallerGroups = "write it with smaller row groups (in pandas and pyarrow row_group_size=1000)";

    public bool HasName(string path) => TableFile.HasExtension(path, ".parquet");

    public bool CanRead(string argument)
    {
        if (!TableFile.IsPossible(argument))
        {
            return false;
        }

        byte[] head = TableFile.Head(argument);
        return TableFile.IsParquet(head) || (HasName(argument) && !TableFile.IsZip(head));
    }

    /// <summary>Reads the schema alone.</summary>
    /// <exception cref="DatasetException">It does not say where the images are.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task CheckAsync(string table, BatchOptions options, CancellationToken cancellationToken)
    {
        FileStream file = File.OpenRead(table);
        await using (file.ConfigureAwait(false))
        {
            ParquetReader reader = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                ParquetColumns.Find(table, Sound(() => reader.Schema.GetDataFields()), options);
            }
        }
    }

    /// <summary>Its images, a row at a time.</summary>
    /// <exception cref="DatasetException">The schema does not say where the images are.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or a row group is larger than is allowed.</exception>
    public async IAsyncEnumerable<BatchInput> ReadAsync(
        string table, BatchOptions options, InputTally tally, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(table))!;
        FileStream file = File.OpenRead(table);
        await using (file.ConfigureAwait(false))
        {
            ParquetReader reader = await OpenAsync(file, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                ParquetColumns columns = ParquetColumns.Find(table, Sound(() => reader.Schema.GetDataFields()), options);
                long first = 1;
                for (int i = 0; i < reader.RowGroupCount; i++)
                {
                    int index = i;
                    using ParquetRowGroupReader group = Sound(() => reader.OpenRowGroupReader(index));
                    int rows = Refuse(group, columns, file.Length, options);
                    Func<int, string?>? ids = columns.Id is null ? null
                        : await SoundAsync(() => ParquetIds.ReadAsync(group, columns.Id, rows, cancellationToken)).ConfigureAwait(false);
                    ReadOnlyMemory<char>?[]? paths = await ValuesAsync<char>(group, columns.Path, rows, cancellationToken).ConfigureAwait(false);
                    ReadOnlyMemory<byte>?[]? images = await ValuesAsync<byte>(group, columns.Bytes, rows, cancellationToken).ConfigureAwait(false);
                    for (int row = 0; row < rows; row++)
                    {
                        string place = FormattableString.Invariant($"{table}#{first + row}");
                        yield return Row(paths?[row]?.ToString(), images, row, folder, place, ids?.Invoke(row), options);
                    }

                    first += rows;
                }
            }
        }
    }

    private static Task<ParquetReader> OpenAsync(FileStream file, CancellationToken cancellationToken)
    {
        ParquetFooter.Check(file);
        return SoundAsync(() => ParquetReader.CreateAsync(file, cancellationToken: cancellationToken));
    }

    private static int Refuse(ParquetRowGroupReader group, ParquetColumns columns, long fileLength, BatchOptions options)
    {
        long rows = group.RowCount;
        if (rows < 0 || rows > options.MaxGroupRows)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"has a row group of {rows:N0} rows, more than the {options.MaxGroupRows:N0} that are read at once: {SmallerGroups}"));
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
                    $"has a row group with {stated.TotalUncompressedSize:N0} bytes of '{field.Path}', more than the {options.MaxColumnBytes:N0} that are read at once: {SmallerGroups}"));
            }
        }

        return (int)rows;
    }

    private static async Task<ReadOnlyMemory<T>?[]?> ValuesAsync<T>(ParquetRowGroupReader group, DataField? field, int rows, CancellationToken cancellationToken)
        where T : struct =>
        field is null ? null : await SoundAsync(() => ParquetValues.ReadAsync<T>(group, field, rows, cancellationToken)).ConfigureAwait(false);

    private static BatchInput Row(
        string? path, ReadOnlyMemory<byte>?[]? images, int row, string folder, string place, string? id, BatchOptions options)
    {
        if (Math.Max(path?.Length ?? 0, id?.Length ?? 0) > options.LongestLine)
        {
            return BatchInput.Unusable(place, FormattableString.Invariant($"has a path or an id of more than {options.LongestLine:N0} characters"));
        }

        return images is null ? ListedImage.Input(path ?? string.Empty, folder, place, id) : Held(images, row, Name(path) ?? place, id, options);
    }

    private static BatchInput Held(ReadOnlyMemory<byte>?[] images, int row, string name, string? id, BatchOptions options)
    {
        // The array lets go of what is handed on, so that a row group shrinks as it is scored.
        ReadOnlyMemory<byte>? found = images[row];
        images[row] = null;
        return found is not { } image ? BatchInput.Unusable(name, "has no image", id)
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
