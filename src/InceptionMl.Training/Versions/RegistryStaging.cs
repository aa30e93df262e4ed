using InceptionMl.Models.Registry.Internal;

namespace InceptionMl.Training.Versions;

/// <summary>
/// Where versions are before they appear and after they are pruned, and how a file is replaced in one step. Whoever holds the
/// registry's lock owns all of it, so that whatever stands there when the lock is taken was left by a killed process.
/// </summary>
internal sealed class RegistryStaging(RegistryFolder files, IRegistryDisk disk)
{
    private const string Temporary = ".tmp";

    private readonly string folder = Path.Combine(files.Root, ".staging");

    /// <summary>Deletes what killed processes left.</summary>
    public void Sweep()
    {
        files.RefuseLinks(folder);
        foreach (string path in (string[])[files.CurrentPath, files.PromotionsPath, files.FrozenTestPath])
        {
            disk.DeleteFile(path + Temporary);
        }

        if (Directory.Exists(folder))
        {
            disk.DeleteFolder(folder);
        }
    }

    /// <summary>An empty folder for a version that is being made.</summary>
    public string Begin(string version)
    {
        string path = Path.Combine(folder, version);
        if (Directory.Exists(path))
        {
            disk.DeleteFolder(path);
        }

        disk.CreateFolder(path);
        return path;
    }

    /// <summary>Takes a published version out of sight in one step, then deletes it.</summary>
    public void Discard(string version)
    {
        string retired = Path.Combine(folder, "pruned-" + version);
        files.RefuseLinks(files.VersionsPath);
        disk.CreateFolder(folder);
        disk.MoveFolder(files.Version(version), retired);
        Delete(retired);
    }

    /// <summary>Deletes a folder under way; what cannot be deleted now is swept later.</summary>
    public void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                disk.DeleteFolder(path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Writes a file beside its place, flushes it to the disk and renames it over what stood there.</summary>
    public void Replace(string path, ReadOnlyMemory<byte> content)
    {
        files.RefuseLinks(path);
        string temporary = path + Temporary;
        disk.DeleteFile(temporary);
        try
        {
            disk.Write(temporary, content);
            disk.MoveFile(temporary, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            disk.DeleteFile(temporary);
            throw;
        }
    }
}
