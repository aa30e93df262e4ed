namespace InceptionMl.Cli.Rendering;

/// <summary>A terminal that text for people goes to.</summary>
/// <param name="Width">Its width in columns; asked for each line, since windows are resized.</param>
/// <param name="HasColor">Whether color may be shown.</param>
internal sealed record Terminal(Func<int> Width, bool HasColor);
