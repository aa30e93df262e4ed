using Microsoft.Win32.SafeHandles;

namespace InceptionMl.Cli;

/// <summary>The process's standard output.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>
    /// Opens it. The framework's console stream drops what nobody reads any more without a word, and a long run would go on for nobody;
    /// so a pipe is written past it. A file is left to it, for it may be shared with standard error and has one place to write at.
    /// </summary>
    public static Stream Open()
    {
        Stream console = new ResultStream(System.Console.OpenStandardOutput());
        if (OperatingSystem.IsWindows() || !System.Console.IsOutputRedirected)
        {
            return console;
        }

        try
        {
            FileStream direct = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return direct.CanSeek ? console : new ResultStream(direct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return console;
        }
    }
}

/// <summary>A stream that is only written to, over another that it owns.</summary>
internal abstract class OutputStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    protected Stream Inner => inner;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

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

/// <summary>Whoever read the results has stopped reading, as <c>head</c> does: there is nobody left to work for, and nothing to tell.</summary>
/// <param name="cause">What writing failed with.</param>
internal sealed class ReaderGoneException(Exception cause) : IOException("Whoever read the results has gone.", cause);
