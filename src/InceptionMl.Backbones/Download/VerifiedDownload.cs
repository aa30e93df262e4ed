using System.Globalization;
using InceptionMl.Backbones.Internal;
using InceptionMl.Internal;

namespace InceptionMl.Backbones.Download;

/// <summary>
/// Brings published files into a folder. A file stands under its name there only when it was whole and verified; a download that was
/// interrupted goes on where it stopped.
/// </summary>
/// <param name="client">Sends the requests: proxies, credentials and handlers are the caller's.</param>
/// <param name="folder">Where the files are kept; made where it is missing. Any number of processes may share it.</param>
/// <param name="options">The limits; null for the defaults.</param>
/// <param name="timeProvider">The clock that waits go by; null is the system's.</param>
public sealed class VerifiedDownload(HttpClient client, string folder, DownloadOptions? options = null, TimeProvider? timeProvider = null)
{
    private readonly string folder = Path.GetFullPath(folder);
    private readonly DownloadOptions options = OptionsCheck.Validated(options);
    private readonly TimeProvider time = timeProvider ?? TimeProvider.System;

    /// <summary>Where a file will be, and where it may be put by hand.</summary>
    public string PathOf(PublishedFile file)
    {
        BackboneName.Require(file.FileName);
        return Path.Combine(folder, file.FileName);
    }

    /// <summary>Gets the file, verified: the one that is there already, or else fetched.</summary>
    /// <param name="file">The file as published.</param>
    /// <param name="from">Another web address, or the path of a file, to take it from; null for the published address.</param>
    /// <param name="progress">Hears how far the download is.</param>
    /// <param name="cancellationToken">Ends the work; what has come so far is kept for the next time.</param>
    /// <exception cref="BackboneException">It could not be fetched, or what came is another file; the message says what to do.</exception>
    public async Task<DownloadedFile> FetchAsync(
        PublishedFile file, string? from = null, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        DownloadedFile fetched = await FetchUnrecordedAsync(file, from, progress, cancellationToken).ConfigureAwait(false);
        Record(file, fetched);
        return fetched;
    }

    /// <summary>
    /// The same, but what came is not yet what a later download has to match: for a file that shows only in its use whether it is the
    /// right one, and is recorded by <see cref="Record"/> then.
    /// </summary>
    internal async Task<DownloadedFile> FetchUnrecordedAsync(
        PublishedFile file, string? from, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string path = PathOf(file);
        try
        {
            string lockPath = Path.Combine(folder, ".locks", file.FileName.ToLowerInvariant());
            using IDisposable held = await FileLock.TakeAsync(lockPath, TimeSpan.MaxValue, time, cancellationToken).ConfigureAwait(false);
            return File.Exists(path)
                ? await PresentAsync(file, path, cancellationToken).ConfigureAwait(false)
                : await BringAsync(file, path, from, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"{path} cannot be read or written: {exception.Message.TrimEnd('.')}", exception) { Path = path };
        }
    }

    /// <summary>Gets the file that is there already, verified; reads the disk and nothing else.</summary>
    /// <exception cref="BackboneException">It is another file.</exception>
    internal static async Task<DownloadedFile> PresentAsync(PublishedFile file, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await AcceptAsync(file, path, path, cancellationToken).ConfigureAwait(false);
        }
        catch (BackboneException exception)
        {
            throw new BackboneException($"{exception.Message} Delete {path} to have it fetched again.", exception) { Path = path };
        }
    }

    /// <summary>Where no whole SHA-256 is published, notes that of a file which came for the first time.</summary>
    internal static void Record(PublishedFile file, DownloadedFile fetched)
    {
        try
        {
            if (file.Checksum?.Kind != ChecksumKind.Sha256 && FirstUse.Recorded(fetched.Path) is null)
            {
                FirstUse.Record(fetched.Path, fetched.Sha256);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"{fetched.Path}.sha256 cannot be read or written: {exception.Message.TrimEnd('.')}", exception) { Path = fetched.Path };
        }
    }

    private async Task<DownloadedFile> BringAsync(
        PublishedFile file, string path, string? from, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        PartialFile part = new(path);
        Uri? address = from is null ? file.Address : DownloadAddress.Parse(from);
        using CancellationTokenSource deadline = new(options.TotalTimeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            DownloadedFile verified = address is null
                ? await CopyAsync(file, path, part, from!, either.Token).ConfigureAwait(false)
                : await TransferAsync(file, path, part, address, progress, either.Token).ConfigureAwait(false);
            part.Complete();
            return verified;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            string limit = options.TotalTimeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            throw NotFetched(file, path, $"{file.FileName} did not come within {limit} s.", exception);
        }
        catch (BackboneException exception) when (address is not null && exception.Path is null)
        {
            // With a path it is a file here that is at fault, which no other copy mends.
            throw NotFetched(file, path, exception.Message, exception);
        }
    }

    private static async Task<DownloadedFile> CopyAsync(PublishedFile file, string path, PartialFile part, string from, CancellationToken cancellationToken)
    {
        if (!File.Exists(from))
        {
            throw new BackboneException($"{from} is neither a file that exists nor a web address") { Reason = BackboneErrorReason.NotFound, Path = from };
        }

        RegularFile.Require(from);
        if (file.Bytes is { } bytes && new FileInfo(from).Length != bytes)
        {
            throw new BackboneException(FormattableString.Invariant($"{from} has not the {bytes:N0} bytes that {file.FileName} is published with")) { Path = from };
        }

        part.Delete();
        FileStream source = File.OpenRead(from);
        await using (source.ConfigureAwait(false))
        {
            FileStream target = part.Append();
            await using (target.ConfigureAwait(false))
            {
                await source.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
            }
        }

        return await AcceptPartAsync(file, path, part, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DownloadedFile> TransferAsync(
        PublishedFile file, string path, PartialFile part, Uri address, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        HttpTransfer transfer = new(client, file, address, part, options, time, progress);
        bool wasResumed = part.Length > 0 && part.Length == file.Bytes;
        if (!wasResumed)
        {
            await TransferAsync(transfer, file, part, cancellationToken).ConfigureAwait(false);
            wasResumed = transfer.Resumed;
        }

        try
        {
            return await AcceptPartAsync(file, path, part, cancellationToken).ConfigureAwait(false);
        }
        catch (BackboneException) when (wasResumed)
        {
            // Put together from several answers, of which one may have been another file's: once more, in one piece if it can be.
            await TransferAsync(transfer, file, part, cancellationToken).ConfigureAwait(false);
            return await AcceptPartAsync(file, path, part, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TransferAsync(HttpTransfer transfer, PublishedFile file, PartialFile part, CancellationToken cancellationToken)
    {
        RetryPolicy policy = new(options, time, () => part.Length);
        try
        {
            using HttpResponseMessage response = await policy.Build()
                .ExecuteAsync(async token => await transfer.TryAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode || !File.Exists(part.Path))
            {
                string wait = policy.Asked(response) is { } asked
                    ? string.Create(CultureInfo.InvariantCulture, $" and asks to wait {asked.TotalSeconds:0} s")
                    : "";
                throw new BackboneException($"the server answered {(int)response.StatusCode} ({response.ReasonPhrase}){wait}");
            }
        }
        catch (Exception exception) when (exception is BackboneException { Path: null } or HttpRequestException or IOException or TimeoutException)
        {
            string tries = transfer.Attempts == 1 ? "1 try" : string.Create(CultureInfo.InvariantCulture, $"{transfer.Attempts} tries");
            throw new BackboneException($"{file.FileName} could not be fetched in {tries}: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static async Task<DownloadedFile> AcceptPartAsync(PublishedFile file, string path, PartialFile part, CancellationToken cancellationToken)
    {
        try
        {
            return await AcceptAsync(file, part.Path, path, cancellationToken).ConfigureAwait(false);
        }
        catch (BackboneException)
        {
            part.Delete();
            throw;
        }
    }

    private static async Task<DownloadedFile> AcceptAsync(PublishedFile file, string bytes, string path, CancellationToken cancellationToken)
    {
        string? recorded = file.Checksum?.Kind == ChecksumKind.Sha256 ? null : FirstUse.Recorded(path);
        string sha256 = await ContentCheck.RequireAsync(file, bytes, recorded, cancellationToken).ConfigureAwait(false);
        return new DownloadedFile(path, new FileInfo(bytes).Length, sha256);
    }

    private static BackboneException NotFetched(PublishedFile file, string path, string reason, Exception cause) =>
        new($"{reason} Fetch {file.Address} by hand and put it at {path}.", cause) { Reason = BackboneErrorReason.NotFetched, Path = path };
}

/// <summary>How far a download is.</summary>
/// <param name="Bytes">Bytes on the disk, those of earlier tries and runs included.</param>
/// <param name="Total">Bytes of the whole file; null while nobody has said.</param>
/// <param name="Attempt">The try that is running, from 1.</param>
public readonly record struct DownloadProgress(long Bytes, long? Total, int Attempt);

/// <summary>A file that is whole and was verified.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal.</param>
public sealed record DownloadedFile(string Path, long Bytes, string Sha256);
