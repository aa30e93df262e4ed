using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace InceptionMl.AspNetCore;

/// <summary>A request's body as it arrives, counted: no more of it is read than may come.</summary>
internal sealed class RequestBody(PipeReader reader, int maxBytes) : Stream
{
    private long total;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="RequestRefusedException">It is longer than it may be.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await ReadOnAsync(buffer, cancellationToken).ConfigureAwait(false);
        total += read;
        return total <= maxBytes ? read : throw TooLong(maxBytes);
    }

    // A read that its token ends leaves the server's reader in the midst of it, of which the server complains; this way the read is over.
    private async ValueTask<int> ReadUntilAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        CancellationTokenRegistration over = cancellationToken.UnsafeRegister(static pending => ((PipeReader)pending!).CancelPendingRead(), reader);
        await using (over.ConfigureAwait(false))
        {
            ReadResult result = await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            int length = (int)Math.Min(result.Buffer.Length, buffer.Length);
            ReadOnlySequence<byte> taken = result.Buffer.Slice(0, length);
            taken.CopyTo(buffer.Span);
            reader.AdvanceTo(taken.End);
            return result.IsCanceled ? throw new OperationCanceledException(cancellationToken) : length;
        }
    }

    // What a server stumbles over in a body is of the client's making, whatever it throws.
    private async ValueTask<int> ReadOnAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadUntilAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or BadHttpRequestException))
        {
            throw RequestRefusedException.Malformed("The request's body cannot be read: send it whole.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A request's body is read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>The refusal of a body of more than so many bytes.</summary>
    public static RequestRefusedException TooLong(int maxBytes) => RequestRefusedException.TooLarge(FormattableString.Invariant(
        $"The request has more than {maxBytes:N0} bytes: send smaller images, or fewer at once."));
}
