using System.Collections.Immutable;
using InceptionMl.Networks.Graph;

namespace InceptionMl.Cli;

/// <summary>
/// One card of a picture: a block with its branches, equal blocks that follow each other counted together, or a run of single
/// layers as one chain.
/// </summary>
internal sealed record PictureBlock
{
    public required ImmutableArray<BlockSummary> Blocks { get; init; }

    /// <summary>Gets what starts at the block's input, side by side; empty for a chain.</summary>
    public required ImmutableArray<PictureBranch> Branches { get; init; }

    /// <summary>Gets what follows the join of the branches, joins included; or the chain.</summary>
    public required ImmutableArray<NetworkUnit> Tail { get; init; }

    public bool IsChain => Branches.IsEmpty;

    /// <summary>Gets a value that indicates whether the block's input is added to its output.</summary>
    public bool IsResidual => Tail.Any(unit => unit.Layer.Operation is ScaledAddition);

    public string Title => this switch
    {
        { IsChain: true, Tail: [var only] } => only.Name,
        { IsChain: true } when Tail[0].Layer.Operation is ImageInput => "stem",
        { IsChain: true } when Tail[^1].Layer.Operation is Dense => "classifier",
        { Blocks: [var only] } => only.Name,
        { Blocks.Length: 2 } => $"{Blocks[0].Name}, {Blocks[1].Name}",
        _ => $"{Blocks[0].Name} … {Blocks[^1].Name}",
    };

    public TensorShape Output => Blocks[^1].Output;

    public long MultiplyAdds => Blocks.Sum(block => block.MultiplyAdds);

    public long Parameters => Blocks.Sum(block => block.Parameters.Total);

    public static ImmutableArray<PictureBlock> All(NetworkSummary summary)
    {
        ILookup<string, NetworkUnit> units = NetworkUnit.All(summary).ToLookup(unit => unit.Layer.Block);
        List<PictureBlock> pictures = [];
        foreach (BlockSummary block in summary.Blocks)
        {
            PictureBlock next = Create(block, [.. units[block.Name]]);
            if (pictures.Count > 0 && Merge(pictures[^1], next) is { } merged)
            {
                pictures[^1] = merged;
            }
            else
            {
                pictures.Add(next);
            }
        }

        return [.. pictures];
    }

    private static PictureBlock Create(BlockSummary block, ImmutableArray<NetworkUnit> units)
    {
        int join = units.ToList().FindLastIndex(unit => unit.Layer.Operation is Concatenation);
        return new PictureBlock
        {
            Blocks = [block],
            Branches = join < 0 ? [] : Grow(units[..join].RemoveAll(unit => unit.Layer.Operation is Concatenation), block.Name),
            Tail = units[Math.Max(join, 0)..],
        };
    }

    // A branch grows from each unit that takes its input from outside the block.
    private static ImmutableArray<PictureBranch> Grow(ImmutableArray<NetworkUnit> units, string block)
    {
        ILookup<string, NetworkUnit> byInput = units.ToLookup(unit => unit.Inputs[0]);
        return [.. units.Where(unit => !unit.Inputs[0].StartsWith($"{block}/", StringComparison.Ordinal)).Select(From)];

        PictureBranch From(NetworkUnit unit) => new(unit, [.. byInput[unit.Name].Select(From)]);
    }

    // Two chains become one; a block joins the card before it where both are built of the same layers.
    private static PictureBlock? Merge(PictureBlock before, PictureBlock next)
    {
        if (before.IsChain && next.IsChain)
        {
            return before with { Blocks = before.Blocks.AddRange(next.Blocks), Tail = before.Tail.AddRange(next.Tail) };
        }

        bool same = !before.IsChain && !next.IsChain && before.Output == next.Output
            && Operations(before.Blocks[0]).SequenceEqual(Operations(next.Blocks[0]));
        return same ? before with { Blocks = before.Blocks.AddRange(next.Blocks) } : null;
    }

    private static IEnumerable<Operation> Operations(BlockSummary block) => block.Layers.Select(layer => layer.Layer.Operation);
}

/// <summary>A box and what comes after it: one box more, or several where the branch forks.</summary>
internal sealed record PictureBranch(NetworkUnit Unit, ImmutableArray<PictureBranch> Next)
{
    /// <summary>Gets the number of columns it takes side by side.</summary>
    public int Columns => Next.IsEmpty ? 1 : Next.Sum(next => next.Columns);

    /// <summary>Gets the number of boxes from top to bottom.</summary>
    public int Depth => 1 + Next.Select(next => next.Depth).DefaultIfEmpty(0).Max();
}
