namespace InceptionMl.Batch;

/// <summary>
/// Holds a Parquet file's footer against the format (parquet.thrift) before the reader sees it: the reader goes on for ever where a
/// footer does not end, and makes room for whatever a list says of its length.
/// </summary>
internal static class ParquetFooter
{
    private const int EndLength = 8;
    private const int Longest = 64 << 20;

    private static readonly ThriftShape Statistics = ThriftShape.Structure(
        (1, ThriftShape.Bytes), (2, ThriftShape.Bytes), (3, ThriftShape.Whole), (4, ThriftShape.Whole), (5, ThriftShape.Bytes), (6, ThriftShape.Bytes),
        (7, ThriftShape.Truth), (8, ThriftShape.Truth));

    private static readonly ThriftShape KeyValues = ThriftShape.ListOf(ThriftShape.Structure((1, ThriftShape.Bytes), (2, ThriftShape.Bytes)));

    private static readonly ThriftShape ColumnMetaData = ThriftShape.Structure(
        (1, ThriftShape.Whole), (2, ThriftShape.ListOf(ThriftShape.Whole)), (3, ThriftShape.ListOf(ThriftShape.Bytes)), (4, ThriftShape.Whole), (5, ThriftShape.Whole),
        (6, ThriftShape.Whole), (7, ThriftShape.Whole), (8, KeyValues), (9, ThriftShape.Whole), (10, ThriftShape.Whole), (11, ThriftShape.Whole), (12, Statistics),
        (13, ThriftShape.ListOf(ThriftShape.Structure((1, ThriftShape.Whole), (2, ThriftShape.Whole), (3, ThriftShape.Whole)))), (14, ThriftShape.Whole),
        (15, ThriftShape.Whole),
        (16, ThriftShape.Structure((1, ThriftShape.Whole), (2, ThriftShape.ListOf(ThriftShape.Whole)), (3, ThriftShape.ListOf(ThriftShape.Whole)))));

    private static readonly ThriftShape ColumnChunk = ThriftShape.Structure(
        (1, ThriftShape.Bytes), (2, ThriftShape.Whole), (3, ColumnMetaData), (4, ThriftShape.Whole), (5, ThriftShape.Whole), (6, ThriftShape.Whole), (7, ThriftShape.Whole),
        (8, ThriftShape.Any), (9, ThriftShape.Bytes));

    private static readonly ThriftShape RowGroup = ThriftShape.Structure(
        (1, ThriftShape.ListOf(ColumnChunk)), (2, ThriftShape.Whole), (3, ThriftShape.Whole),
        (4, ThriftShape.ListOf(ThriftShape.Structure((1, ThriftShape.Whole), (2, ThriftShape.Truth), (3, ThriftShape.Truth)))), (5, ThriftShape.Whole),
        (6, ThriftShape.Whole), (7, ThriftShape.Whole));

    private static readonly ThriftShape SchemaElement = ThriftShape.Structure(
        (1, ThriftShape.Whole), (2, ThriftShape.Whole), (3, ThriftShape.Whole), (4, ThriftShape.Bytes), (5, ThriftShape.Whole), (6, ThriftShape.Whole),
        (7, ThriftShape.Whole), (8, ThriftShape.Whole), (9, ThriftShape.Whole), (10, ThriftShape.Any));

    private static readonly ThriftShape FileMetaData = ThriftShape.Structure(
        (1, ThriftShape.Whole), (2, ThriftShape.ListOf(SchemaElement)), (3, ThriftShape.Whole), (4, ThriftShape.ListOf(RowGroup)), (5, KeyValues), (6, ThriftShape.Bytes),
        (7, ThriftShape.ListOf(ThriftShape.Any)), (8, ThriftShape.Any), (9, ThriftShape.Bytes));

    /// <summary>Looks at the end of a file and leaves it at its start.</summary>
    /// <exception cref="InvalidDataException">The file is no Parquet file, is cut off, or its footer is damaged.</exception>
    public static void Check(FileStream file)
    {
        byte[] end = new byte[EndLength];
        if (file.Length >= EndLength + 4)
        {
            file.Seek(-EndLength, SeekOrigin.End);
            file.ReadExactly(end);
        }

        int length = BitConverter.ToInt32(end);
        if (!end.AsSpan(4).SequenceEqual("PAR1"u8) || length < 1 || length > Math.Min(Longest, file.Length - EndLength))
        {
            throw new InvalidDataException("is no Parquet file, or one that is cut off: copy it again from its source");
        }

        byte[] footer = new byte[length];
        file.Seek(-EndLength - length, SeekOrigin.End);
        file.ReadExactly(footer);
        file.Seek(0, SeekOrigin.Begin);
        new CompactThrift(footer).Structure(FileMetaData);
    }
}
