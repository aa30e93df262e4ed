using InceptionMl.Training.Features;

namespace InceptionMl.Training;

/// <summary>
/// The one standardized copy of the training rows, kept in blocks that fit a core's second-level cache. Each row is padded with
/// zeros to a multiple of <see cref="Padding"/>, each block to a multiple of four rows.
/// </summary>
internal sealed class StandardizedRows
{
    /// <summary>Rows in one block.</summary>
    public const int BlockRows = 32;

    /// <summary>The stride of a row is a multiple of this many floats: four 512-bit registers.</summary>
    public const int Padding = 64;

    private readonly float[][] blocks;

    public StandardizedRows(FeatureMatrix features, ReadOnlySpan<int> rows, Standardization standardization)
    {
        Rows = rows.Length;
        Width = features.Width;
        Stride = (features.Width + Padding - 1) / Padding * Padding;
        blocks = new float[(Rows + BlockRows - 1) / BlockRows][];
        for (int b = 0; b < blocks.Length; b++)
        {
            blocks[b] = new float[PaddedRowsIn(b) * Stride];
            for (int r = 0; r < RowsIn(b); r++)
            {
                Span<float> from = features.Row(rows[(b * BlockRows) + r]);
                Span<float> to = blocks[b].AsSpan(r * Stride, Width);
                for (int f = 0; f < to.Length; f++)
                {
                    to[f] = (float)((from[f] - standardization.Mean[f]) * standardization.Scale[f]);
                }
            }
        }
    }

    public int Rows { get; }

    public int Width { get; }

    public int Stride { get; }

    public int Blocks => blocks.Length;

    public ReadOnlySpan<float> Block(int block) => blocks[block];

    public ReadOnlySpan<float> Row(int row) => blocks[row / BlockRows].AsSpan(row % BlockRows * Stride, Width);

    public int RowsIn(int block) => Math.Min(BlockRows, Rows - (block * BlockRows));

    public int PaddedRowsIn(int block) => (RowsIn(block) + 3) / 4 * 4;
}
