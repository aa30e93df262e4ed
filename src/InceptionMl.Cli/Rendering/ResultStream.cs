namespace InceptionMl.Cli.Rendering;

/// <summary>Results on their way out of the process. What cannot be written says whether anybody is left to read it.</summary>
internal sealed class ResultStream(Stream inner) : OutputStream(inner)
{
    // EPIPE; ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows.
    private static readonly int[] ReaderGone = OperatingSystem.IsWindows() ? [109, 232] : [32];

    /// <exception cref="ReaderGoneException">The other end is closed, or there never was one.</exception>
    /// <exception cref="IOException">It cannot be written for another reason, a full disk for example.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            Inner.Write(buffer);
        }
        catch (UnauthorizedAccessException exception)
        {
            // EBADF: standard output was closed before the process began.
            throw new ReaderGoneException(exception);
        }
        catch (IOException exception) when (ReaderGone.Contains(exception.HResult & 0xFFFF))
        {
            throw new ReaderGoneException(exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"Standard output cannot be written ({exception.Message.TrimEnd('.')}): make room there, or send the results elsewhere.", exception);
        }
    }
}
