using System.Globalization;
using System.Text;
using InceptionMl.Internal;
using InceptionMl.Models.Registry;
using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>The one lock of a registry, and beside it a line that says who holds it.</summary>
internal sealed class RegistryLock : IDisposable
{
    private const int LongestHolder = 500;

    private readonly IDisposable held;
    private readonly string holderPath;
    private readonly IRegistryDisk disk;

    private RegistryLock(IDisposable held, string holderPath, IRegistryDisk disk)
    {
        this.held = held;
        this.holderPath = holderPath;
        this.disk = disk;
    }

    /// <summary>Waits for the lock; it is held until the result is disposed, or the process ends.</summary>
    /// <exception cref="RegistryException">Somebody else holds it for longer than the options' patience.</exception>
    public static async Task<RegistryLock> TakeAsync(RegistryFolder files, RegistryWriter.Options options, CancellationToken cancellationToken)
    {
        string path = Path.Combine(files.Root, ".lock");
        string holderPath = Path.Combine(files.Root, ".holder");
        files.RefuseLinks(path);
        files.RefuseLinks(holderPath);
        try
        {
            IDisposable? held = Directory.Exists(files.Root) ? FileLock.TryTake(path) : null;
            if (held is null && File.Exists(path))
            {
                options.Waiting?.Report($"{files.Root} is being changed by {Holder(files, holderPath)}; waiting for it to end.");
            }

            held ??= await FileLock.TakeAsync(path, options.Patience, options.Time, cancellationToken).ConfigureAwait(false);
            RegistryLock taken = new(held, holderPath, options.Disk);
            taken.Tell(options);
            return taken;
        }
        catch (IOException exception) when (FileLock.IsHeld(exception))
        {
            throw new RegistryException($"{files.Root} is being changed by {Holder(files, holderPath)}: try again when that has ended", exception) { Reason = RegistryErrorReason.Busy, Path = files.Root };
        }
    }

    public void Dispose()
    {
        try
        {
            Courtesy(() => disk.DeleteFile(holderPath));
        }
        finally
        {
            held.Dispose();
        }
    }

    private void Tell(RegistryWriter.Options options) => Courtesy(() =>
    {
        string line = string.Create(
            CultureInfo.InvariantCulture, $"{SingleLineText.Clean(options.Holder, LongestHolder / 2)} since {options.Time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC");
        disk.DeleteFile(holderPath);
        disk.Write(holderPath, Encoding.UTF8.GetBytes(line));
    });

    private static string Holder(RegistryFolder files, string path)
    {
        try
        {
            return files.Read(path, LongestHolder * 4) is { } bytes ? SingleLineText.Clean(Encoding.UTF8.GetString(bytes), LongestHolder) : "another process";
        }
        catch (Exception exception) when (exception is RegistryException or IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }

    // Who holds the lock is told for people's sake only: a full disk must not keep anybody from going back to an older version.
    private static void Courtesy(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
