using InceptionMl.Training.Datasets.Internal;

namespace InceptionMl.Training.Datasets;

/// <summary>An image with what it is split by.</summary>
/// <param name="Sample">The image.</param>
/// <param name="Hash">The SHA-256 of its file.</param>
internal readonly record struct SplitItem(ImageSample Sample, ContentHash Hash)
{
    /// <summary>Gets what goes to one part with the image.</summary>
    /// <value>The default is its content.</value>
    public SplitUnit Unit { get; init; } = SplitUnit.FromContents(Hash, 1);
}

/// <summary>What goes to one part: a content, or a group of them.</summary>
/// <param name="Draw">An even draw from 0 to 2^64 - 1 that decides the part.</param>
/// <param name="Smallest">The smallest hash of its contents.</param>
internal readonly record struct SplitUnit(ulong Draw, ContentHash Smallest) : IComparable<SplitUnit>
{
    /// <summary>
    /// Creates a unit. Its smallest hash decides: with u its draw / 2^64, the unit's is 1 - (1 - u)^n. The smallest of n draws lies low, and the draw
    /// would not be even without this: of groups of ten, two thirds would be in a test part of a tenth.
    /// </summary>
    /// <param name="smallest">The smallest hash.</param>
    /// <param name="contents">The number n of different contents.</param>
    public static SplitUnit FromContents(ContentHash smallest, int contents)
    {
        UInt128 above = (UInt128.One << 64) - smallest.Draw;
        UInt128 power = above;
        for (int i = 1; i < contents && smallest.Draw > 0; i++)
        {
            power = (power * above) >> 64;
        }

        return new SplitUnit((ulong)((UInt128.One << 64) - UInt128.Max(power, 1)), smallest);
    }

    /// <inheritdoc/>
    public int CompareTo(SplitUnit other) => Draw != other.Draw ? Draw.CompareTo(other.Draw) : Smallest.CompareTo(other.Smallest);
}
