namespace InceptionMl.Images.Containers;

/// <summary>The coded data of a JPEG's scan as bits, up to the next marker or the end of the file.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the coded data begin.</param>
internal ref struct JpegBits(ReadOnlySpan<byte> file, int start)
{
    private const byte Fill = 0xFF;

    private readonly ReadOnlySpan<byte> file = file;
    private ulong bits;
    private int count;

    /// <summary>Gets where the bytes begin that have not been taken.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Looks at the next 16 bits; those that are not there read as 0.</summary>
    /// <param name="available">How many are there, at most 16.</param>
    public int Peek(out int available)
    {
        while (count < 16 && TryTakeByte(out byte value))
        {
            bits = (bits << 8) | value;
            count += 8;
        }

        available = Math.Min(count, 16);
        return (int)((count >= 16 ? bits >> (count - 16) : bits << (16 - count)) & 0xFFFF);
    }

    /// <summary>Takes bits that <see cref="Peek"/> has seen.</summary>
    public void Skip(int number) => count -= number;

    /// <summary>Takes up to 16 bits; -1 if there are not so many.</summary>
    public int Take(int number)
    {
        if (number == 0)
        {
            return 0;
        }

        int next = Peek(out int available);
        if (available < number)
        {
            return -1;
        }

        count -= number;
        return next >> (16 - number);
    }

    /// <summary>Goes behind the restart marker that must be next; false if there is none.</summary>
    public bool TryRestart()
    {
        count = 0;
        ReadOnlySpan<byte> rest = file[Position..];
        int filled = rest.IndexOfAnyExcept(Fill);
        if (filled < 1 || !JpegSegments.IsRestart(rest[filled]))
        {
            return false;
        }

        Position += filled + 1;
        return true;
    }

    /// <summary>Whether nothing but what fills the file up is left of it.</summary>
    public readonly bool IsAtTheEnd => file[Position..].IndexOfAnyExcept(Fill) < 0;

    private bool TryTakeByte(out byte value)
    {
        value = 0;
        if (Position >= file.Length)
        {
            return false;
        }

        value = file[Position];
        if (value == Fill)
        {
            if (Position + 1 >= file.Length || file[Position + 1] != 0)
            {
                return false;
            }

            Position++;
        }

        Position++;
        return true;
    }
}
