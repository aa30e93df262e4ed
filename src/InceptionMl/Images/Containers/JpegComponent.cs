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
