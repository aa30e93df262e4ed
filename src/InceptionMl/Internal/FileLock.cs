namespace InceptionMl.Internal;

/// <summary>A lock between processes: a file that one of them holds open. A killed process lets go of it by dying.</summary>
public static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock; it is held until the result is disposed.</summary>
    /// <param name="path">The lock's file; it stays behind, for removing it would let two processes hold two files of one name.</param>
    /// <param name="patience">The longest wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The lock was not free in time, or its file cannot be made.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (long start = time.GetTimestamp(); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return Open(path);
            }
            catch (IOException exception) when (IsHeld(exception) && time.GetElapsedTime(start) < patience)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Takes the lock if it is free at this moment.</summary>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return Open(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether a failure says that somebody else holds the lock; waiting would not help against any other.</summary>
    // ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK elsewhere.
    public static bool IsHeld(IOException exception) =>
        (exception.HResult & 0xFFFF) == (OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsLinux() ? 11 : 35);

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
}
