namespace InceptionMl.Training.Features;

/// <summary>
/// Feature vectors of many images: rows x width float32, row-major, kept in blocks of <see cref="BlockRows"/> rows so that it
/// grows without being copied.
/// </summary>
internal sealed class FeatureMatrix
{
    /// <summary>Rows in one block of storage.</summary>
    public const int BlockRows = 1024;

    private readonly List<float[]> blocks = [];

    /// <summary>Creates an empty matrix for vectors of <paramref name="width"/> values.</summary>
    /// <param name="width">Values per row; at least 1.</param>
    public FeatureMatrix(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Width = width;
    }

    /// <summary>Creates a matrix of <paramref name="rows"/> rows of zeros.</summary>
    /// <param name="rows">Rows; at least 0.</param>
    /// <param name="width">Values per row; at least 1.</param>
    public FeatureMatrix(int rows, int width)
        : this(width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        EnsureRows(rows);
    }

    /// <summary>Gets the number of values per row.</summary>
    public int Width { get; }

    /// <summary>Gets the number of rows held.</summary>
    public int Rows { get; private set; }

    /// <summary>One row, to read or to write.</summary>
    /// <param name="row">From 0 to <see cref="Rows"/> - 1.</param>
    public Span<float> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return blocks[row / BlockRows].AsSpan(row % BlockRows * Width, Width);
    }

    /// <summary>Appends a copy of one vector and returns its row.</summary>
    /// <param name="vector"><see cref="Width"/> values.</param>
    public int Add(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Width)
        {
            throw new ArgumentException($"A row holds {Width} values; this one has {vector.Length}.", nameof(vector));
        }

        EnsureRows(Rows + 1);
        vector.CopyTo(Row(Rows - 1));
        return Rows - 1;
    }

    private void EnsureRows(int rows)
    {
        while (blocks.Count * BlockRows < rows)
        {
            blocks.Add(new float[BlockRows * Width]);
        }

        Rows = rows;
    }
}
