namespace InceptionMl.Images.Containers;

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
