namespace InceptionMl.Internal;

/// <summary>Files that appear whole or not at all: written beside their place, flushed to the disk, then renamed over it.</summary>
public static class AtomicFile
{
    private const string Devices = "/dev/";

    /// <summary>Writes a file; what stood there stays until the new one is complete.</summary>
    /// <param name="path">The file to write; its folder is made where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; the message names <paramref name="path"/>, the cause and the remedy.</exception>
    public static void Write(string path, Action<Stream> write) =>
        WriteAsync(path, stream =>
        {
            write(stream);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <summary>Writes a file that is not there yet, in a folder that nobody else sees, and flushes it to the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    public static void WriteNew(string path, Action<Stream> write)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        write(file);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is not null)
        {
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }

        bool device = full.StartsWith(Devices, StringComparison.Ordinal);
        string written = device ? full : TemporaryPath.Create(full);
        try
        {
            if (device)
            {
                await WriteDeviceAsync(full, write).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(written, full, write).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (WriteFailure.IsOf(exception, written))
        {
            throw WriteFailure.CreateException(path, exception);
        }
    }

    private static async Task WriteDeviceAsync(string device, Func<Stream, Task> write)
    {
        FileStream stream = new(device, FileMode.Open, FileAccess.Write);
        await using (stream.ConfigureAwait(false))
        {
            await write(stream).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync(string temporary, string full, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        TemporaryPath.Sweep(full);
        try
        {
            // Shared for reading: held until it has its name, but never in the way of whoever opens it by that name.
            FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
                File.Move(temporary, full, overwrite: true);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
