namespace InceptionMl.Cli.Rendering;

/// <summary>Where messages go: what cannot be written is dropped, since a full disk behind a log, or none at all (<c>2&gt;&amp;-</c>), must not end the work it tells of.</summary>
internal sealed class MessageStream(Stream inner) : OutputStream(inner)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // There is nowhere left to say it.
        }
    }
}
