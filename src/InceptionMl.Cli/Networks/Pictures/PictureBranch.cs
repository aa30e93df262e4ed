using System.Collections.Immutable;

namespace InceptionMl.Cli.Networks.Pictures;

/// <summary>A box and what comes after it: one box more, or several where the branch forks.</summary>
internal sealed record PictureBranch(NetworkUnit Unit, ImmutableArray<PictureBranch> Next)
{
    /// <summary>Gets the number of columns it takes side by side.</summary>
    public int Columns => Next.IsEmpty ? 1 : Next.Sum(next => next.Columns);

    /// <summary>Gets the number of boxes from top to bottom.</summary>
    public int Depth => 1 + Next.Select(next => next.Depth).DefaultIfEmpty(0).Max();
}
