namespace InceptionMl.Cli.Rendering;

/// <summary>A column of a <see cref="TerminalTable"/>.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="IsNumber">Whether it holds numbers, which stand at the right and are never cut.</param>
/// <param name="Rank">0 for a column that always stays; of the others the highest is left out first.</param>
internal sealed record TerminalColumn(string Title, bool IsNumber = false, int Rank = 0)
{
    /// <summary>Gets the longest cell; null for that of a name.</summary>
    public int? Longest { get; init; }
}
