using InceptionMl.Training.Backbones.Catalogue;
using InceptionMl.Training.Backbones.Download;
using InceptionMl.Training.Backbones.Importing;
using InceptionMl.Training.Backbones.Store;
using InceptionMl.Training.Files;

namespace InceptionMl.Training.Backbones.Pulling;

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
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Brings one entry of the catalogue; what is in the store already is left as it is.</summary>
    /// <param name="entry">The published weights.</param>
    /// <param name="from">Another web address, or the path of a file, to take them from; null for the published address.</param>
    /// <param name="feeding">How pictures are prepared, where nobody has published it; otherwise null.</param>
    /// <param name="progress">Hears how far the download is.</param>
    /// <param name="cancellationToken">Ends the work; what has come so far is kept for the next time.</param>
    /// <exception cref="BackboneException">
    /// The preparation of pictures is neither published nor given, the file could not be fetched, or it is another file than published; the
    /// message says what to do.
    /// </exception>
    public async Task<PulledBackbone> PullAsync(
        CatalogueEntry entry,
        string? from = null,
        BackboneFeeding? feeding = null,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.HasPreprocessing && feeding is null)
        {
            throw new BackboneException(
                $"Nobody has published how pictures are prepared for {entry.Name}: say so (on the command line with --input-size, --offset, --scale and --channels)");
        }

        try
        {
            // The whole way is one process's at a time: the file that one has imported must not vanish under another.
            string lockPath = Path.Combine(store.DownloadFolder, ".locks", entry.Name + ".pull");
            using IDisposable held = await FileLock.TakeAsync(lockPath, TimeSpan.MaxValue, _time, cancellationToken).ConfigureAwait(false);
            return store.Find(entry.Name) is { } present
                ? Present(entry, present)
                : await BringAsync(entry, from, feeding, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"The store {store.Folder} cannot be used: {exception.Message}", exception);
        }
    }

    private static PulledBackbone Present(CatalogueEntry entry, StoredBackbone present) =>
        present.Problem is null ? new PulledBackbone(entry, present) : throw new BackboneException(present.Problem);

    private async Task<PulledBackbone> BringAsync(
        CatalogueEntry entry, string? from, BackboneFeeding? feeding, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        DownloadedFile file = await FetchAsync(entry, from, progress, cancellationToken).ConfigureAwait(false);
        string weights = file.Path;
        try
        {
            if (entry.ArchiveMember is { } member)
            {
                weights = Path.Combine(store.DownloadFolder, $"{entry.Name}.{Path.GetFileName(member)}");
                await ArchiveMember.ExtractAsync(file.Path, member, weights, cancellationToken: cancellationToken).ConfigureAwait(false);
            }

            BackboneImportOptions import = new() { Entry = entry, Feeding = feeding };
            ImportedBackbone imported = await new BackboneImport(store).ImportAsync(weights, import, cancellationToken).ConfigureAwait(false);
            File.Delete(file.Path);
            return new PulledBackbone(entry, imported.Stored) { File = file, Imported = imported };
        }
        finally
        {
            if (weights != file.Path)
            {
                File.Delete(weights);
            }
        }
    }

    private async Task<DownloadedFile> FetchAsync(
        CatalogueEntry entry, string? from, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            return await new VerifiedDownload(client, store.DownloadFolder, options, _time)
                .FetchAsync(entry.File, from, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (BackboneException exception)
        {
            throw new BackboneException(
                $"{exception.Message}; a copy of {entry.File.Address} that was fetched by hand is taken by: inceptionml backbones pull {entry.Name} --from FILE",
                exception);
        }
    }
}
