using System.Numerics;

namespace InceptionMl.Images.Containers;

/// <summary>
/// Goes through the coded data of one scan, baseline or progressive (ISO/IEC 10918-1, F.2 and G.1), to see whether all of its blocks are
/// there. No value is computed; of a progressive image it is noted which coefficients are not zero, since corrections are sent for those.
/// </summary>
/// <param name="components">The components of the scan.</param>
/// <param name="isProgressive">Whether the frame is progressive.</param>
/// <param name="first">The first coefficient of the scan.</param>
/// <param name="last">The last coefficient of the scan.</param>
/// <param name="isCorrection">Whether the scan corrects what an earlier one brought.</param>
internal ref struct JpegScan(IReadOnlyList<JpegComponent> components, bool isProgressive, int first, int last, bool isCorrection)
{
    /// <summary>The data end before the scan does.</summary>
    public const int OutOfData = -1;

    /// <summary>The data are none that such a scan may hold.</summary>
    public const int Damaged = -2;

    private const int Whole = 0;
    private const int SkippedZeros = 15;

    private JpegBits bits;
    private int blocksToEnd;

    /// <summary>Where the coded data end.</summary>
    public readonly int Position => bits.Position;

    /// <summary>Whether nothing is left of the file.</summary>
    public readonly bool IsAtTheEnd => bits.IsAtTheEnd;

    /// <summary>Goes through the scan.</summary>
    /// <param name="data">The coded data.</param>
    /// <param name="unitColumns">Units in a row of a scan of several components.</param>
    /// <param name="unitRows">Rows of units of a scan of several components.</param>
    /// <param name="restartInterval">Units between restart markers; 0 for none.</param>
    /// <returns>0, <see cref="OutOfData"/> or <see cref="Damaged"/>.</returns>
    public int Read(JpegBits data, int unitColumns, int unitRows, int restartInterval)
    {
        bits = data;
        JpegComponent? only = components.Count == 1 ? components[0] : null;
        (int columns, int rows) = only is null ? (unitColumns, unitRows) : (only.Columns, only.Rows);
        long units = (long)columns * rows;
        for (long unit = 0; unit < units; unit++)
        {
            if (restartInterval > 0 && unit > 0 && unit % restartInterval == 0)
            {
                if (!bits.TryRestart())
                {
                    return bits.IsAtTheEnd ? OutOfData : Damaged;
                }

                blocksToEnd = 0;
            }

            (int row, int column) = ((int)(unit / columns), (int)(unit % columns));
            int result = only is null ? ReadUnit(row, column) : ReadBlock(only, ((long)row * only.PaddedColumns) + column);
            if (result < 0)
            {
                return result;
            }
        }

        return Whole;
    }

    private int ReadUnit(int row, int column)
    {
        foreach (JpegComponent component in components)
        {
            for (int block = 0; block < component.Across * component.Down; block++)
            {
                long at = ((long)((row * component.Down) + (block / component.Across)) * component.PaddedColumns) + (column * component.Across) + (block % component.Across);
                if (ReadBlock(component, at) is < 0 and int failure)
                {
                    return failure;
                }
            }
        }

        return Whole;
    }

    private int ReadBlock(JpegComponent component, long block)
    {
        if (first == 0 && isCorrection)
        {
            return Math.Min(bits.Take(1), Whole);
        }

        if (first == 0 && ReadDifference(component) is < 0 and int failure)
        {
            return failure;
        }

        return !isProgressive ? ReadBaseline(component)
            : first == 0 ? Whole
            : isCorrection ? Correct(component.Ac, ref component.Nonzero[block])
            : ReadBand(component.Ac, ref component.Nonzero[block]);
    }

    private int ReadDifference(JpegComponent component)
    {
        const int MostBits = 16;
        int size = component.Dc?.Read(ref bits) ?? Damaged;
        return size < 0 ? size : size > MostBits ? Damaged : Math.Min(bits.Take(size), Whole);
    }

    private int ReadBaseline(JpegComponent component)
    {
        for (int at = 1; at < 64; at++)
        {
            int symbol = component.Ac?.Read(ref bits) ?? Damaged;
            if (symbol < 0)
            {
                return symbol;
            }

            (int zeros, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && zeros != SkippedZeros)
            {
                break;
            }

            at += zeros;
            if (bits.Take(size) < 0)
            {
                return OutOfData;
            }
        }

        return Whole;
    }

    private int ReadBand(JpegCodes? codes, ref ulong nonzero)
    {
        if (blocksToEnd > 0)
        {
            blocksToEnd--;
            return Whole;
        }

        for (int at = first; at <= last; at++)
        {
            int symbol = codes?.Read(ref bits) ?? Damaged;
            if (symbol < 0)
            {
                return symbol;
            }

            (int zeros, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && zeros != SkippedZeros)
            {
                return ReadRunOfEnds(zeros);
            }

            at += zeros;
            if (size > 0)
            {
                if (at > last)
                {
                    return Damaged;
                }

                nonzero |= 1UL << at;
            }

            if (bits.Take(size) < 0)
            {
                return OutOfData;
            }
        }

        return Whole;
    }

    // This block is the first of the run.
    private int ReadRunOfEnds(int size)
    {
        int more = bits.Take(size);
        blocksToEnd = (1 << size) + more - 1;
        return Math.Min(more, Whole);
    }

    private int Correct(JpegCodes? codes, ref ulong nonzero)
    {
        int at = first;
        while (blocksToEnd == 0 && at <= last)
        {
            int symbol = codes?.Read(ref bits) ?? Damaged;
            if (symbol < 0)
            {
                return symbol;
            }

            (int zeros, int size) = (symbol >> 4, symbol & 15);
            if (size > 1)
            {
                return Damaged;
            }

            if (size == 0 && zeros != SkippedZeros)
            {
                if (ReadRunOfEnds(zeros) < 0)
                {
                    return OutOfData;
                }

                blocksToEnd++;
                break;
            }

            if (bits.Take(size) < 0)
            {
                return OutOfData;
            }

            for (; at <= last; at++)
            {
                if ((nonzero >> at & 1) == 1)
                {
                    if (bits.Take(1) < 0)
                    {
                        return OutOfData;
                    }
                }
                else if (zeros-- == 0)
                {
                    break;
                }
            }

            if (size > 0)
            {
                if (at > last)
                {
                    return Damaged;
                }

                nonzero |= 1UL << at;
            }

            at++;
        }

        if (blocksToEnd == 0)
        {
            return Whole;
        }

        blocksToEnd--;
        return at > last ? Whole : TakeCorrections(nonzero, at);
    }

    private int TakeCorrections(ulong nonzero, int from)
    {
        ulong band = (ulong.MaxValue >> (63 - last)) & (ulong.MaxValue << from);
        for (int left = BitOperations.PopCount(nonzero & band); left > 0; left--)
        {
            if (bits.Take(1) < 0)
            {
                return OutOfData;
            }
        }

        return Whole;
    }
}
