namespace InceptionMl.Models;

/// <summary>Files that appear whole or not at all: written beside their place, flushed to the disk, then renamed over it.</summary>
internal static class AtomicFile
{
    private const string Devices = "/dev/";
    private const string TemporarySuffix = ".tmp";
    private const int GuidDigits = 32;
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    /// <summary>Writes a file; what stood there stays until the new one is complete.</summary>
    /// <param name="path">The file to write; its folder is made where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write) =>
        WriteAsync(path, stream =>
        {
            write(stream);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string full = Path.GetFullPath(path);
        if (new FileInfo(full).LinkTarget is not null)
        {
            full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }

        if (full.StartsWith(Devices, StringComparison.Ordinal))
        {
            FileStream device = new(full, FileMode.Open, FileAccess.Write);
            await using (device.ConfigureAwait(false))
            {
                await write(device).ConfigureAwait(false);
            }

            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        RemoveLeftovers(full);
        string temporary = $"{full}.{Guid.NewGuid():N}{TemporarySuffix}";
        try
        {
            FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Whether a file is one in which another is being written.</summary>
    /// <param name="path">The file that may be.</param>
    /// <param name="written">The file to be written.</param>
    public static bool IsTemporary(string path, string written) =>
        path.Length == written.Length + 1 + GuidDigits + TemporarySuffix.Length
        && path.StartsWith(written + ".", StringComparison.Ordinal)
        && path.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(path.AsSpan(written.Length + 1, GuidDigits), "N", out _);

    // What a killed process left; what is newer may be another process's at this moment.
    private static void RemoveLeftovers(string full)
    {
        string name = Path.GetFileName(full);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(full)!))
        {
            if (IsTemporary(Path.GetFileName(file), name) && DateTime.UtcNow - File.GetLastWriteTimeUtc(file) > LongestWrite)
            {
                File.Delete(file);
            }
        }
    }
}
