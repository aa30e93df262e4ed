using System.Buffers.Binary;

namespace InceptionMl.Batch.Tests;

/// <summary>
/// A Parquet file, byte by byte (Apache Parquet format, Thrift's compact protocol), of one binary column in whose dictionary one entry
/// stands: a page of a few bytes repeats it in every row.
/// </summary>
internal static class DictionaryParquet
{
    private const byte I32 = 5;
    private const byte I64 = 6;
    private const byte Binary = 8;
    private const byte List = 9;
    private const byte Struct = 12;
    private const int RleDictionary = 8;

    public static byte[] Create(string column, byte[] entry, int rows)
    {
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, entry.Length);
        byte[] dictionary = Page(kind: 2, 7, [.. length, .. entry], (1, I32, Zigzag(1)), (2, I32, Zigzag(0)));

        // Indices of one bit: a run of zeros as long as there are rows.
        byte[] indices = Page(kind: 0, 5, [1, .. Varint((ulong)rows << 1), 0], (1, I32, Zigzag(rows)), (2, I32, Zigzag(RleDictionary)), (3, I32, Zigzag(3)), (4, I32, Zigzag(3)));
        byte[] name = Text(column);
        byte[] total = Zigzag(dictionary.Length + indices.Length);
        byte[] chunk = Fields(
            (1, I32, Zigzag(6)), (2, List, ListOf(I32, Zigzag(0), Zigzag(RleDictionary))), (3, List, ListOf(Binary, name)), (4, I32, Zigzag(0)), (5, I64, Zigzag(rows)),
            (6, I64, total), (7, I64, total), (9, I64, Zigzag(4 + dictionary.Length)), (11, I64, Zigzag(4)));
        byte[] group = Fields((1, List, ListOf(Struct, Fields((2, I64, Zigzag(4)), (3, Struct, chunk)))), (2, I64, total), (3, I64, Zigzag(rows)));
        byte[] root = Fields((4, Binary, Text("schema")), (5, I32, Zigzag(1)));
        byte[] leaf = Fields((1, I32, Zigzag(6)), (3, I32, Zigzag(0)), (4, Binary, name));
        byte[] footer = Fields((1, I32, Zigzag(1)), (2, List, ListOf(Struct, root, leaf)), (3, I64, Zigzag(rows)), (4, List, ListOf(Struct, group)));
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. "PAR1"u8, .. dictionary, .. indices, .. footer, .. length, .. "PAR1"u8];
    }

    private static byte[] Page(int kind, byte header, byte[] content, params (byte Id, byte Type, byte[] Value)[] fields) =>
    [
        .. Fields((1, I32, Zigzag(kind)), (2, I32, Zigzag(content.Length)), (3, I32, Zigzag(content.Length)), (header, Struct, Fields(fields))),
        .. content,
    ];

    private static byte[] Fields(params (byte Id, byte Type, byte[] Value)[] fields)
    {
        List<byte> bytes = [];
        byte last = 0;
        foreach ((byte id, byte type, byte[] value) in fields)
        {
            bytes.Add((byte)(((id - last) << 4) | type));
            bytes.AddRange(value);
            last = id;
        }

        return [.. bytes, 0];
    }

    private static byte[] ListOf(byte type, params byte[][] items) => [(byte)((items.Length << 4) | type), .. items.SelectMany(item => item)];

    private static byte[] Text(string text) => [.. Varint((ulong)text.Length), .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static byte[] Zigzag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    private static byte[] Varint(ulong value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }

        return [.. bytes, (byte)value];
    }
}
