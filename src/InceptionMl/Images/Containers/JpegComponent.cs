namespace InceptionMl.Images.Containers;

/// <summary>A component of a JPEG's frame, and what the scans have brought of it so far.</summary>
internal sealed class JpegComponent
{
    private const int CoefficientsPerBlock = 64;
    private const sbyte NotSent = -1;

    // The lowest bit of each coefficient that has been sent.
    private readonly sbyte[] sent = new sbyte[CoefficientsPerBlock];
    private ulong[]? nonzero;

    public JpegComponent(byte id, int across, int down)
    {
        (Id, Across, Down) = (id, across, down);
        sent.AsSpan().Fill(NotSent);
    }

    public byte Id { get; }

    /// <summary>Gets the number of blocks of a unit in a scan of several components, from left to right.</summary>
    public int Across { get; }

    /// <summary>Gets the number of blocks of a unit in a scan of several components, from top to bottom.</summary>
    public int Down { get; }

    /// <summary>Gets the number of blocks in a row of a scan of this component alone.</summary>
    public required int Columns { get; init; }

    /// <summary>Gets the number of rows of blocks in a scan of this component alone.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets the number of blocks in a row, those that only fill units up included.</summary>
    public required int PaddedColumns { get; init; }

    /// <summary>Gets the number of rows of blocks, those that only fill units up included.</summary>
    public required int PaddedRows { get; init; }

    public JpegCodes? Dc { get; set; }

    public JpegCodes? Ac { get; set; }

    /// <summary>Gets a value that indicates whether every coefficient has been sent down to its last bit.</summary>
    public bool IsWhole => Array.TrueForAll(sent, bit => bit == 0);

    /// <summary>Gets the coefficients of each block of a progressive image that are not zero, as bits.</summary>
    public ulong[] Nonzero => nonzero ??= new ulong[(long)PaddedColumns * PaddedRows];

    /// <summary>Notes a scan that ended.</summary>
    public void Sent(int first, int last, int bit) => sent.AsSpan(first, last - first + 1).Fill((sbyte)bit);
}

/// <summary>One of a JPEG's Huffman tables: what each 16 bits begin with.</summary>
internal sealed class JpegCodes
{
    private const int LongestCode = 16;

    // A code's length in the upper byte, its symbol in the lower; 0 where no code begins so.
    private readonly ushort[] codes = new ushort[1 << LongestCode];

    private JpegCodes()
    {
    }

    /// <summary>Creates a table.</summary>
    /// <param name="counts">How many codes there are of each length, 1 to 16.</param>
    /// <param name="symbols">Their symbols, shortest code first.</param>
    /// <returns>The table; null if there are more codes than lengths allow.</returns>
    public static JpegCodes? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        JpegCodes table = new();
        (int at, int symbol) = (0, 0);
        for (int length = 1; length <= LongestCode; length++)
        {
            for (int code = 0; code < counts[length - 1]; code++)
            {
                int width = 1 << (LongestCode - length);
                if (at + width > table.codes.Length || symbol >= symbols.Length)
                {
                    return null;
                }

                table.codes.AsSpan(at, width).Fill((ushort)((length << 8) | symbols[symbol++]));
                at += width;
            }
        }

        return table;
    }

    /// <summary>Reads a symbol.</summary>
    /// <returns>The symbol; <see cref="JpegScan.OutOfData"/> where its code is cut off, <see cref="JpegScan.Damaged"/> where there is no such code.</returns>
    public int Read(ref JpegBits bits)
    {
        ushort entry = codes[bits.Peek(out int available)];
        int length = entry >> 8;
        if (length == 0)
        {
            return available < LongestCode ? JpegScan.OutOfData : JpegScan.Damaged;
        }

        if (length > available)
        {
            return JpegScan.OutOfData;
        }

        bits.Skip(length);
        return entry & 0xFF;
    }
}
