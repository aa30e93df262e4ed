using InceptionMl.Backbones.Download;
using InceptionMl.Backbones.Importing;
using InceptionMl.Internal;

namespace InceptionMl.Backbones.Pulling;

/// <summary>
/// Brings published weights into a store: fetched, verified, unpacked, imported. The fetched file stays in the store's download folder
/// until the import has succeeded; one that was interrupted is gone on with.
/// </summary>
/// <param name="client">Sends the requests: proxies, credentials and handlers are the caller's.</param>
/// <param name="store">Where the backbones go.</param>
/// <param name="options">The limits of downloads; null for the defaults.</param>
/// <param name="timeProvider">The clock that waits go by; null is the system's.</param>
public sealed class BackbonePull(HttpClient client, BackboneStore store, DownloadOptions? options = null, TimeProvider? timeProvider = null)
{
    private readonly TimeProvider time = timeProvider ?? TimeProvider.System;

    /// <summary>Brings one entry of the catalog; what is in the store already is left as it is, unless it is damaged.</summary>
    /// <param name="entry">The published weights.</param>
    /// <param name="from">Another web address, or the path of a file, to take them from; null for the published address.</param>
    /// <param name="preprocessing">How images are prepared, where nobody has published it; otherwise null.</param>
    /// <param name="progress">Hears how far the download is.</param>
    /// <param name="cancellationToken">Ends the work; what has come so far is kept for the next time.</param>
    /// <exception cref="BackboneException">
    /// The preparation of images is neither published nor given, or another than that of the stored backbone; the file could not be
    /// fetched, or it is another file than published. The message says what to do.
    /// </exception>
    public async Task<PulledBackbone> PullAsync(
        CatalogEntry entry,
        string? from = null,
        BackbonePreprocessing? preprocessing = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.HasPreprocessing && preprocessing is null)
        {
            throw new BackboneException($"Nobody has published how images are prepared for {entry.Name}: say so") { Reason = BackboneErrorReason.NoPreprocessing };
        }

        try
        {
            // The whole way is one process's at a time: the file that one has imported must not vanish under another.
            string lockPath = Path.Combine(store.DownloadFolder, ".locks", entry.Name + ".pull");
            using IDisposable held = await FileLock.TakeAsync(lockPath, TimeSpan.MaxValue, time, cancellationToken).ConfigureAwait(false);
            return store.Find(entry.Name) is { } present && await IsUsableAsync(present, preprocessing, cancellationToken).ConfigureAwait(false)
                ? Present(entry, present)
                : await BringAsync(entry, from, preprocessing, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"The store {store.Folder} cannot be used: {exception.Message.TrimEnd('.')}", exception) { Path = store.Folder };
        }
    }

    // A damaged file is brought again, and adding the same backbone mends it.
    private static async Task<bool> IsUsableAsync(StoredBackbone present, BackbonePreprocessing? preprocessing, CancellationToken cancellationToken)
    {
        if (present.Problem is not null)
        {
            throw new BackboneException(present.Problem) { Path = present.OnnxPath };
        }

        if (preprocessing is not null && CardDifference.InPreparation(present.Card!.Input, preprocessing.Input(present.Card.Input.Tensor)) is { } difference)
        {
            throw new BackboneException($"The store already has {present.Name} with {difference}: remove it first") { Reason = BackboneErrorReason.NameTaken, Path = present.OnnxPath };
        }

        return await BackboneStore.IsWholeAsync(present, cancellationToken).ConfigureAwait(false);
    }

    private PulledBackbone Present(CatalogEntry entry, StoredBackbone present)
    {
        // Left by a process that was killed after the import.
        File.Delete(Path.Combine(store.DownloadFolder, entry.File.FileName));
        if (entry.ArchiveMember is { } member)
        {
            File.Delete(MemberPath(entry, member));
        }

        return new PulledBackbone(entry, present);
    }

    private async Task<PulledBackbone> BringAsync(
        CatalogEntry entry, string? from, BackbonePreprocessing? preprocessing, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        DownloadedFile file = await new VerifiedDownload(client, store.DownloadFolder, options, time)
            .FetchUnrecordedAsync(entry.File, from, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            ImportedBackbone imported = await ImportAsync(entry, file, preprocessing, cancellationToken).ConfigureAwait(false);
            VerifiedDownload.Record(entry.File, file);
            File.Delete(file.Path);
            return new PulledBackbone(entry, imported.Stored) { File = file, Imported = imported };
        }
        catch (BackboneException exception) when (entry.File.Checksum is null && FirstUse.Recorded(file.Path) is null)
        {
            // Nothing vouches for it, so it may be a page that a network put in the file's place; kept, it would stand in the way for ever.
            File.Delete(file.Path);
            throw new BackboneException(
                $"{exception.Message} No checksum is published for {entry.File.FileName}, so what came is deleted and the next pull fetches it again.",
                exception)
            {
                Path = exception.Path,
                Reason = exception.Reason,
            };
        }
    }

    private async Task<ImportedBackbone> ImportAsync(CatalogEntry entry, DownloadedFile file, BackbonePreprocessing? preprocessing, CancellationToken cancellationToken)
    {
        string weights = file.Path;
        try
        {
            if (entry.ArchiveMember is { } member)
            {
                weights = MemberPath(entry, member);
                await ArchiveMember.ExtractAsync(file.Path, member, weights, cancellationToken: cancellationToken).ConfigureAwait(false);
            }

            BackboneImportOptions import = new() { Entry = entry, Preprocessing = preprocessing };
            return await new BackboneImport(store).ImportAsync(weights, import, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (weights != file.Path)
            {
                File.Delete(weights);
            }
        }
    }

    private string MemberPath(CatalogEntry entry, string member) => Path.Combine(store.DownloadFolder, $"{entry.Name}.{Path.GetFileName(member)}");
}

/// <summary>Published weights that are in the store now.</summary>
/// <param name="Entry">What was asked for.</param>
/// <param name="Stored">The backbone in the store.</param>
public sealed record PulledBackbone(CatalogEntry Entry, StoredBackbone Stored)
{
    /// <summary>Gets the file that was fetched, which is deleted by now; null if the backbone was in the store already.</summary>
    public DownloadedFile? File { get; init; }

    /// <summary>Gets how it was imported; null if the backbone was in the store already.</summary>
    public ImportedBackbone? Imported { get; init; }
}
