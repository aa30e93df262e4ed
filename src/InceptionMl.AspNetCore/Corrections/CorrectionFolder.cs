using System.Security.Cryptography;
using InceptionMl.Images.Containers.Internal;
using InceptionMl.Images.Internal;

namespace InceptionMl.AspNetCore;

/// <summary>
/// The folder of corrected images, one folder per label, as training reads it. A file is named by its content, so that the same image is kept once,
/// under the label that it was given last, and appears whole or not at all.
/// </summary>
internal sealed class CorrectionFolder : IDisposable
{
    // A dot file, which training passes over.
    private const string Unfinished = ".correction-";
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string folder;
    private readonly long maxBytes;
    private long bytes;

    private CorrectionFolder(string folder, long maxBytes) => (this.folder, this.maxBytes) = (folder, maxBytes);

    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static CorrectionFolder Open(string folder, long maxBytes, TimeProvider time)
    {
        DirectoryInfo directory = Directory.CreateDirectory(folder);
        foreach (FileInfo left in directory.EnumerateFiles(Unfinished + "*").Where(f => time.GetUtcNow() - f.LastWriteTimeUtc > LongestWrite))
        {
            left.Delete();
        }

        string probe = Path.Combine(directory.FullName, Unfinished + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
        return new CorrectionFolder(directory.FullName, maxBytes)
        {
            bytes = directory.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(f => f.Length),
        };
    }

    /// <summary>Keeps an image under a label.</summary>
    /// <param name="image">The bytes of a file that was read as an image.</param>
    /// <param name="label">A label of <see cref="CorrectionLabel.Parse"/>.</param>
    /// <param name="cancellationToken">A token to cancel the operation. It stops before the file appears.</param>
    /// <returns>Null where the folder holds as much as it may.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public async Task<KeptCorrection?> KeepAsync(ReadOnlyMemory<byte> image, string label, CancellationToken cancellationToken)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(image.Span)) + Extension(image.Span);
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // As it is spelled there already, where the file system or a person before told cases apart otherwise.
            string[] labels = [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
            string kept = labels.FirstOrDefault(l => l == label) ?? labels.FirstOrDefault(l => l.Equals(label, StringComparison.OrdinalIgnoreCase)) ?? label;
            string path = Path.Combine(folder, kept, name);
            if (!File.Exists(path))
            {
                if (bytes + image.Length > maxBytes)
                {
                    return null;
                }

                await WriteAsync(image, Path.Combine(folder, kept), path, cancellationToken).ConfigureAwait(false);
                bytes += image.Length;
            }

            foreach (string former in labels.Where(l => l != kept && !IsLink(Path.Combine(folder, l))).Select(l => Path.Combine(folder, l, name)).Where(File.Exists))
            {
                Remove(former);
                bytes -= image.Length;
            }

            return new KeptCorrection(kept, $"{kept}/{name}");
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task WriteAsync(ReadOnlyMemory<byte> image, string labelFolder, string path, CancellationToken cancellationToken)
    {
        // A link would lead out of the folder.
        if (IsLink(labelFolder))
        {
            throw new IOException($"{labelFolder} is a link");
        }

        string unfinished = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            await File.WriteAllBytesAsync(unfinished, image, cancellationToken).ConfigureAwait(false);
            Directory.CreateDirectory(labelFolder);
            File.Move(unfinished, path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    // A label's folder without an image is none that could be trained on.
    private static void Remove(string file)
    {
        File.Delete(file);
        string labelFolder = Path.GetDirectoryName(file)!;
        if (!Directory.EnumerateFileSystemEntries(labelFolder).Any())
        {
            Directory.Delete(labelFolder);
        }
    }

    private static bool IsLink(string path) => new DirectoryInfo(path).LinkTarget is not null;

    private static string Extension(ReadOnlySpan<byte> image) => ImageSignature.Identify(image) switch
    {
        ImageFormat.Jpeg => ".jpg",
        ImageFormat.Png => ".png",
        ImageFormat.WebP => ".webp",
        ImageFormat.Gif => ".gif",
        _ => ".bmp",
    };
}

/// <summary>What the answer to a correction says.</summary>
/// <param name="Label">The label that the image is kept under.</param>
/// <param name="File">Its file, below the folder of corrections.</param>
internal sealed record KeptCorrection(string Label, string File);
