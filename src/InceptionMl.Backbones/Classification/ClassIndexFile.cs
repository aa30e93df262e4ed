using InceptionMl.Backbones.Download;

namespace InceptionMl.Backbones.Classification;

/// <summary>
/// ImageNet's class index in a store of backbones: the published file itself, brought by <see cref="PullAsync"/> alone and verified
/// whenever it is read. Its SHA-256 is recorded beside it when it is pulled.
/// </summary>
/// <param name="storeFolder">The store's folder.</param>
/// <param name="published">The file as published; null is Keras's.</param>
public sealed class ClassIndexFile(string storeFolder, PublishedFile? published = null)
{
    /// <summary>The name it is pulled by, where backbones are pulled by theirs.</summary>
    public const string PullName = "imagenet-classes";

    private readonly string folder = System.IO.Path.GetFullPath(storeFolder);
    private readonly PublishedFile file = published ?? BackboneCatalog.ImageNetClassIndex;

    /// <summary>Gets where the file is, and where it may be put by hand.</summary>
    public string Path => System.IO.Path.Combine(folder, file.FileName);

    /// <summary>Fetches the file where it is not there yet, and verifies it.</summary>
    /// <param name="client">Sends the requests.</param>
    /// <param name="from">Another web address, or the path of a file, to take it from; null for the published address.</param>
    /// <param name="progress">Hears how far the download is.</param>
    /// <param name="options">The download's limits; null for the defaults. No more is taken than an index may have.</param>
    /// <param name="timeProvider">The clock that waits go by; null is the system's.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BackboneException">It could not be fetched, or what came is no class index; the message says what to do.</exception>
    public async Task<DownloadedFile> PullAsync(
        HttpClient client,
        string? from = null,
        IProgress<DownloadProgress>? progress = null,
        DownloadOptions? options = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        DownloadOptions bounded = options?.Copy() ?? new DownloadOptions();
        bounded.MaxBytes = ImageNetClassIndex.MaxBytes;
        DownloadedFile fetched = await new VerifiedDownload(client, folder, bounded, timeProvider)
            .FetchAsync(file, from, progress, cancellationToken).ConfigureAwait(false);
        await ParseAsync(cancellationToken).ConfigureAwait(false);
        return fetched;
    }

    /// <summary>Verifies the file and reads the thousand classes; touches no network.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BackboneException">It is not there, or is not the file it was; the message says what to do.</exception>
    public async Task<IReadOnlyList<ImageClass>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!File.Exists(Path))
        {
            throw new BackboneException($"The names of ImageNet's classes are not at {Path}: pull them, or give names of your own")
            {
                Reason = BackboneErrorReason.ClassNames,
                PublishedName = PullName,
                Path = Path,
            };
        }

        try
        {
            await VerifiedDownload.PresentAsync(file, Path, cancellationToken).ConfigureAwait(false);
            return await ParseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BackboneException($"{Path} cannot be read: {exception.Message.TrimEnd('.')}", exception) { Path = Path };
        }
    }

    private async Task<IReadOnlyList<ImageClass>> ParseAsync(CancellationToken cancellationToken) =>
        new FileInfo(Path).Length <= ImageNetClassIndex.MaxBytes
            ? ImageNetClassIndex.Parse(await File.ReadAllBytesAsync(Path, cancellationToken).ConfigureAwait(false), Path)
            : throw new BackboneException(FormattableString.Invariant($"{Path} has more than {ImageNetClassIndex.MaxBytes:N0} bytes: it is no class index")) { Path = Path };
}
