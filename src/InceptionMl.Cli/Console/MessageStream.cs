namespace InceptionMl.Cli.Console;

/// <summary>Where messages go: what cannot be written is dropped, since a full disk behind a log must not end the work it tells of.</summary>
internal sealed class MessageStream(Stream inner) : OutputStream(inner)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Inner.Write(buffer);
        }
        catch (IOException)
        {
            // There is nowhere left to say it.
        }
    }

    public override void Flush()
    {
        try
        {
            base.Flush();
        }
        catch (IOException)
        {
            // There is nowhere left to say it.
        }
    }
}
