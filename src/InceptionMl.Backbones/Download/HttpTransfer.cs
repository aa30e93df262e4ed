using System.Net;
using System.Net.Http.Headers;

namespace InceptionMl.Backbones.Download;

/// <summary>One try after another to bring the rest of a file into its partial file.</summary>
internal sealed class HttpTransfer(
    HttpClient client, PublishedFile file, Uri address, PartialFile part, DownloadOptions options, TimeProvider time, IProgress<DownloadProgress>? progress)
{
    private readonly string shown = DownloadAddress.Show(address);

    /// <summary>Gets how many tries there were, the running one included.</summary>
    public int Attempts { get; private set; }

    /// <summary>Gets a value that indicates whether the bytes were put together from several answers, so that a wrong whole may be nobody's present file.</summary>
    public bool Resumed { get; private set; }

    /// <summary>One try. An answer that is no content is returned as it is; a success only when its whole body has been written.</summary>
    public async Task<HttpResponseMessage> TryAsync(CancellationToken cancellationToken)
    {
        Attempts++;
        using IdleTimer idle = new(options.IdleTimeout, time, cancellationToken);
        try
        {
            long have = part.Length;
            progress?.Report(new DownloadProgress(have, file.Bytes, Attempts));
            RangeConditionHeaderValue? condition = part.Condition(shown);
            HttpResponseMessage response = await RedirectedRequest
                .SendAsync(client, address, have, condition, options.MaxRedirects, idle.Token).ConfigureAwait(false);
            try
            {
                idle.Renew();
                await TakeAsync(response, have, idle).ConfigureAwait(false);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the server sent next to nothing for {options.IdleTimeout.TotalSeconds:0} s", exception);
        }
    }

    private async Task TakeAsync(HttpResponseMessage response, long have, IdleTimer idle)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent:
                RequireContinuation(response, have);
                Resumed = true;
                await CopyAsync(response, response.Content.Headers.ContentRange!.Length, idle).ConfigureAwait(false);
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when have > 0:
                part.Delete();
                throw new HttpRequestException($"the server has no byte {have}: starting anew");
            case HttpStatusCode.OK:
                RequireAcceptable(response, response.Content.Headers.ContentLength);
                part.Restart(new PartialOrigin(shown, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified));
                Resumed = false;
                await CopyAsync(response, response.Content.Headers.ContentLength, idle).ConfigureAwait(false);
                break;
        }
    }

    private void RequireContinuation(HttpResponseMessage response, long have)
    {
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        if (range?.From != have || range.Unit != "bytes" || part.IsOfOther(response.Headers.ETag))
        {
            part.Delete();
            throw new HttpRequestException("the server goes on with another part or version of the file: starting anew");
        }

        RequireAcceptable(response, range.Length);
    }

    private void RequireAcceptable(HttpResponseMessage response, long? total)
    {
        if (response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BackboneException("the server sends the file compressed, which was not asked for");
        }

        if (total is { } declared && file.Bytes is { } published && declared != published)
        {
            throw new BackboneException(FormattableString.Invariant($"the server offers {declared:N0} bytes where {published:N0} are published"));
        }

        if (total > options.MaxBytes && file.Bytes is null)
        {
            throw new BackboneException(FormattableString.Invariant($"the server offers {total:N0} bytes, more than the {options.MaxBytes:N0} that are taken"));
        }
    }

    private async Task CopyAsync(HttpResponseMessage response, long? declared, IdleTimer idle)
    {
        long? total = file.Bytes ?? declared;
        long limit = total ?? options.MaxBytes;
        FileStream target = part.Append();
        await using (target.ConfigureAwait(false))
        {
            Stream body = await response.Content.ReadAsStreamAsync(idle.Token).ConfigureAwait(false);
            byte[] buffer = new byte[1 << 16];
            long length = target.Length;
            for (int read; (read = await body.ReadAsync(buffer, idle.Token).ConfigureAwait(false)) > 0;)
            {
                idle.Count(read);
                length += read;
                if (length > limit)
                {
                    throw new BackboneException(FormattableString.Invariant($"the server sends more than the {limit:N0} bytes that belong to the file"));
                }

                await WriteAsync(target, buffer.AsMemory(0, read), idle.Token).ConfigureAwait(false);
                progress?.Report(new DownloadProgress(length, total, Attempts));
            }

            if (length < total)
            {
                throw new HttpRequestException(FormattableString.Invariant($"the server broke off after {length:N0} of {total:N0} bytes"));
            }
        }
    }

    // A disk that is full is not the server's fault: no other try will help.
    private async Task WriteAsync(FileStream target, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await target.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new BackboneException($"{part.Path} cannot be written: {exception.Message.TrimEnd('.')}", exception) { Path = part.Path };
        }
    }
}

/// <summary>Addresses as they may be shown and kept.</summary>
internal static class DownloadAddress
{
    /// <summary>Without user, password and query, where secrets are.</summary>
    public static string Show(Uri address) => $"{address.Scheme}://{address.Authority}{address.AbsolutePath}";

    /// <summary>The web address that a text is; null if it is something else, a path for one.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : null;
}

/// <summary>Ends a try whose server has fallen silent, or nearly so.</summary>
internal sealed class IdleTimer : IDisposable
{
    private const int BytesThatCount = 4096;

    private readonly CancellationTokenSource idle;
    private readonly CancellationTokenSource either;
    private readonly TimeSpan limit;
    private long sinceRenewal;

    public IdleTimer(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        this.limit = limit;
        idle = new CancellationTokenSource(limit, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
    }

    public CancellationToken Token => either.Token;

    public void Renew()
    {
        sinceRenewal = 0;
        idle.CancelAfter(limit);
    }

    // A byte now and then is silence too: a server could keep a download alive for days with it.
    public void Count(int bytes)
    {
        sinceRenewal += bytes;
        if (sinceRenewal >= BytesThatCount)
        {
            Renew();
        }
    }

    public void Dispose()
    {
        either.Dispose();
        idle.Dispose();
    }
}
