using InceptionMl.Internal;

namespace InceptionMl.Backbones;

/// <summary>
/// Where a store's entries are before they appear and after they are removed: <c>.staging/NAME~GUID</c>, of which each belongs to
/// whoever holds the name's lock, so that whatever the next holder finds there was left by a killed process.
/// </summary>
internal sealed class StoreStaging(string folder)
{
    private const char Mark = '~';

    private readonly string staging = Path.Combine(folder, ".staging");

    /// <summary>Gets the lock of a name; names that differ in case only share it.</summary>
    public string LockPath(string name) => Path.Combine(folder, ".locks", name.ToLowerInvariant());

    /// <summary>An empty folder of the name's own.</summary>
    public string Begin(string name) => Directory.CreateDirectory(NewPath(name)).FullName;

    /// <summary>Takes an entry out of sight and says where it is now.</summary>
    public string Retire(string name, string entryFolder)
    {
        string retired = NewPath(name);
        Directory.CreateDirectory(staging);
        Directory.Move(entryFolder, retired);
        return retired;
    }

    /// <summary>Deletes what killed processes left: of the held name, and of every name that nobody holds now.</summary>
    /// <param name="held">The name whose lock the caller holds.</param>
    public void Sweep(string held)
    {
        if (!Directory.Exists(staging))
        {
            return;
        }

        foreach (string path in Directory.GetDirectories(staging))
        {
            string name = Path.GetFileName(path).Split(Mark, 2)[0];
            if (name.Equals(held, StringComparison.OrdinalIgnoreCase))
            {
                Delete(path);
                continue;
            }

            using IDisposable? taken = FileLock.TryTake(LockPath(name));
            if (taken is not null)
            {
                Delete(path);
            }
        }
    }

    /// <summary>Deletes a folder that may be gone already; what cannot be deleted now is swept later.</summary>
    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string NewPath(string name) => Path.Combine(staging, $"{name}{Mark}{Guid.NewGuid():N}");
}
