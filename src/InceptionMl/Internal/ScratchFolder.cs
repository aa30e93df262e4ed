namespace InceptionMl.Internal;

/// <summary>
/// A hidden folder for intermediate files beside what they are made for. It is removed when it is disposed; what a killed process left is
/// removed by whoever makes the next one for the same file.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream heldLock;

    private ScratchFolder(string path)
    {
        FullPath = (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly)).FullName;
        heldLock = TemporaryPath.Hold(Path.Combine(FullPath, TemporaryPath.LockName), FileMode.CreateNew);
    }

    /// <summary>Gets the full path of the folder.</summary>
    public string FullPath { get; }

    /// <summary>Creates a folder beside a file, whose own folder is made where it is missing.</summary>
    /// <param name="path">The file that is made with the intermediate ones.</param>
    /// <exception cref="IOException">Nothing can be created there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be created there.</exception>
    public static ScratchFolder CreateBeside(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        string hidden = HiddenPath(full);
        Directory.CreateDirectory(folder);
        TemporaryPath.Sweep(hidden);
        return new ScratchFolder(TemporaryPath.Create(hidden));
    }

    /// <summary>Gets the path that the names of all folders beside a file begin with; <see cref="TemporaryPath.IsFor"/> knows them by it.</summary>
    /// <param name="path">The full path of the file.</param>
    public static string HiddenPath(string path) => Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path));

    /// <summary>Gets the full path of a file in the folder.</summary>
    public string At(string name) => Path.Combine(FullPath, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        heldLock.Dispose();
        try
        {
            Directory.Delete(FullPath, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Disposed before, or swept between the two lines above.
        }
    }
}
