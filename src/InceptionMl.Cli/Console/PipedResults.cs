namespace InceptionMl.Cli.Console;

/// <summary>Results on their way to another program. What cannot be written says that the program has gone.</summary>
internal sealed class PipedResults(Stream inner) : OutputStream(inner)
{
    /// <exception cref="ReaderGoneException">The other end is closed.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Inner.Write(buffer);
        }
        catch (IOException exception)
        {
            throw new ReaderGoneException(exception);
        }
    }
}
