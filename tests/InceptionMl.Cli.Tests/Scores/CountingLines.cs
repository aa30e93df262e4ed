namespace InceptionMl.Cli.Tests.Scores;

/// <summary>Lines that say when they are read.</summary>
internal sealed class CountingLines(string[] lines, Action read) : StringReader(string.Join('\n', lines))
{
    public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        read();
        return base.ReadLineAsync(cancellationToken);
    }
}
