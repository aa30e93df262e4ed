using System.Text;
using InceptionMl.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>
/// A registry held for changes: nobody else changes it until this is disposed, so that a retraining may hold it for its whole run.
/// Readers never wait. A process may be killed and the disk may be full at any step: <c>current</c> names a complete version
/// throughout, and a version is there whole or not at all. Not for several threads at once.
/// </summary>
public sealed partial class RegistryWriter : IDisposable
{
    private readonly RegistryFolder files;
    private readonly Options options;
    private readonly RegistryStaging staging;
    private readonly RegistryLock heldLock;

    private RegistryWriter(RegistryFolder files, Options options, RegistryLock held)
    {
        this.files = files;
        this.options = options;
        staging = new RegistryStaging(files, options.Disk);
        heldLock = held;
        Registry = new ModelRegistry(files.Root);
    }

    /// <summary>Gets the registry, as readers see it.</summary>
    public ModelRegistry Registry { get; }

    /// <summary>Gets the name that the next published version takes: one more than any there is, was promoted or froze a test image.</summary>
    /// <exception cref="RegistryException">The registry cannot be read, or has no number left.</exception>
    public string NextVersion => Changing(() =>
    {
        IEnumerable<string> taken = files.VersionNames()
            .Concat(PromotionLines.Read(files).Select(promotion => promotion.Version))
            .Concat(ReadFrozenTest().Images.Select(image => image.Since))
            .Concat(files.ReadCurrent() is { } current ? [current] : []);
        int last = taken.Select(VersionName.Number).DefaultIfEmpty(0).Max();
        return last < VersionName.Last ? VersionName.Format(last + 1) : throw new RegistryException($"{Registry.Folder} has no number left for a new version") { Path = Registry.Folder };
    });

    /// <summary>Takes the registry's lock, waiting for whoever holds it, and sweeps up what killed processes left.</summary>
    /// <param name="folder">The registry's folder; made where it is missing.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RegistryException">Somebody else holds the registry for too long, or it cannot be written.</exception>
    public static async Task<RegistryWriter> OpenAsync(string folder, Options? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new Options();
        RegistryFolder files = new(folder);
        try
        {
            RegistryLock held = await RegistryLock.TakeAsync(files, options, cancellationToken).ConfigureAwait(false);
            RegistryWriter writer = new(files, options, held);
            try
            {
                writer.staging.Sweep();
                return writer;
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(files, exception);
        }
    }

    /// <summary>Adds a version, which appears whole once all its files are on the disk. It is not promoted by this.</summary>
    /// <param name="write">
    /// Writes <c>model.zip</c>, <c>card.json</c>, <c>pipeline.json</c>, <c>data.csv</c> and, if they are made, <c>report.html</c>, <c>fingerprints.bin</c> and <c>comparison.json</c> into the
    /// folder it is given, and nothing else. What it throws is passed on, and no version is added.
    /// </param>
    /// <param name="cancellationToken">Ends the work; the registry is then as it was.</param>
    /// <exception cref="RegistryException">What was written is no whole version, or the registry cannot be written.</exception>
    public async Task<ModelVersion> PublishAsync(Func<string, CancellationToken, Task> write, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        string version = NextVersion;
        string staged = Changing(() => staging.Begin(version));
        try
        {
            await write(staged, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return Changing(() =>
            {
                RequireWhole(staged);
                foreach (string file in Directory.GetFiles(staged))
                {
                    options.Disk.Flush(file);
                }

                options.Disk.CreateFolder(files.VersionsPath);
                options.Disk.MoveFolder(staged, files.Version(version));
                return Registry.Show(version);
            });
        }
        finally
        {
            staging.Delete(staged);
        }
    }

    /// <summary>Makes a version the current one; promoting the current one changes nothing.</summary>
    /// <param name="version">Its name.</param>
    /// <param name="reason">Why, for the record; cut at 1,000 characters.</param>
    /// <exception cref="RegistryException">There is no such version, it is damaged, or the registry cannot be written.</exception>
    public ModelVersion Promote(string version, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return Changing(() => Registry.Show(version) is { IsComplete: true } found
            ? found.IsCurrent ? found : Switch(version, reason, isRollback: false)
            : throw new RegistryException($"{version} cannot be promoted: {Registry.Show(version).Problem}") { Path = Registry.Folder });
    }

    /// <summary>Makes the version current that was promoted before this one and is still there whole; a second time, the one before that.</summary>
    /// <param name="reason">Why, for the record; cut at 1,000 characters.</param>
    /// <exception cref="RegistryException">There is no such version, or the registry cannot be written.</exception>
    public ModelVersion Rollback(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return Changing(() => Previous() is { } previous
            ? Switch(previous, reason, isRollback: true)
            : throw new RegistryException($"{Registry.Folder} has no version promoted before {files.ReadCurrent() ?? "any"} that is still there: promote one by its name") { Reason = RegistryErrorReason.NotFound, Path = Registry.Folder });
    }

    /// <summary>Deletes old versions, but neither the current one nor the one a rollback would return to.</summary>
    /// <param name="keep">How many of the newest to keep, at least 1.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops between two versions.</param>
    /// <returns>The names of the deleted, oldest first.</returns>
    /// <exception cref="RegistryException">The registry cannot be written.</exception>
    public IReadOnlyList<string> Prune(int keep, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        return Changing(() =>
        {
            string? current = files.ReadCurrent();
            string? previous = Previous();
            string[] old = [.. files.VersionNames().SkipLast(keep).Where(version => version != current && version != previous)];
            foreach (string version in old)
            {
                cancellationToken.ThrowIfCancellationRequested();
                staging.Discard(version);
            }

            return old;
        });
    }

    /// <summary>Gets the frozen test images; none in a new registry.</summary>
    /// <exception cref="RegistryException">Their file is damaged.</exception>
    internal FrozenTest ReadFrozenTest() => FrozenTest.Read(Registry.Folder);

    /// <summary>Whether there is a file of frozen test images. Every retraining writes one before its version, so that only a new registry has none.</summary>
    internal bool HasFrozenTest => Path.Exists(files.FrozenTestPath);

    /// <summary>The version that the record of promotions names last, if it is complete. It is used if there is no <c>current</c>.</summary>
    /// <exception cref="RegistryException">The record cannot be read.</exception>
    internal ModelVersion? LastRecorded => Changing(() => PromotionLines.Read(files)
        .Reverse()
        .Select(promotion => VersionReader.Read(files, promotion.Version, null))
        .FirstOrDefault(version => version is { IsComplete: true }));

    /// <summary>Replaces the frozen test images in one step.</summary>
    /// <exception cref="RegistryException">The registry cannot be written.</exception>
    internal void WriteFrozenTest(FrozenTest frozen)
    {
        ArgumentNullException.ThrowIfNull(frozen);
        Changing(() =>
        {
            staging.Replace(files.FrozenTestPath, frozen.ToCsv());
            return true;
        });
    }

    /// <summary>Lets others change the registry.</summary>
    public void Dispose() => heldLock.Dispose();

    private string? Previous() =>
        PromotionHistory.Read(files).Earlier().FirstOrDefault(version => VersionReader.Read(files, version, null) is { IsComplete: true });

    private ModelVersion Switch(string version, string reason, bool isRollback)
    {
        PromotionHistory history = PromotionHistory.Read(files);
        Promotion promotion = new(version, history.Current, options.Time.GetUtcNow(), SingleLineText.Clean(reason, PromotionLines.LongestReason), isRollback);

        // The record first: a kill between the two leaves a last line that current contradicts, which every reader knows how to take.
        staging.Replace(files.PromotionsPath, PromotionLines.Write([.. history.Promotions, promotion]));
        staging.Replace(files.CurrentPath, Encoding.ASCII.GetBytes(version + "\n"));
        return Registry.Show(version);
    }

    private void RequireWhole(string staged)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(staged))
        {
            if (!RegistryFolder.Files.Contains(Path.GetFileName(path)))
            {
                throw new RegistryException($"A version holds {string.Join(", ", RegistryFolder.Files)}, and no {Path.GetFileName(path)}") { Path = path };
            }
        }

        VersionReader.ReadModel(files, staged);
        VersionReader.ReadCard(files, staged);
        VersionReader.Require(files, Path.Combine(staged, RegistryFolder.PipelineFile));
        VersionImages.Read(files, Path.Combine(staged, RegistryFolder.ImagesFile));
    }

    private T Changing<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(files, exception);
        }
    }

    private static RegistryException Unwritable(RegistryFolder files, Exception exception) =>
        new(exception is FileNotFoundException or DirectoryNotFoundException
            ? $"The registry {files.Root} cannot be changed: {exception.Message.TrimEnd('.')}, which somebody removed meanwhile; try again"
            : $"The registry {files.Root} cannot be changed: {exception.Message.TrimEnd('.')}; see that its disk has room and that its files may be written", exception)
        { Path = files.Root };
}
