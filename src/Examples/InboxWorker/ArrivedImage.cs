using System.Security.Cryptography;
using InceptionMl.Scoring;

namespace InboxWorker;

/// <summary>An image as it was read from the inbox.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Sha256">Of the bytes that are scored.</param>
/// <param name="Source">The bytes, or why they are not read.</param>
internal sealed record ArrivedImage(string Path, string Sha256, ImageSource Source)
{
    private const long MaxBytes = 20_000_000;

    /// <summary>Reads a file once: what is hashed is what is scored.</summary>
    /// <exception cref="IOException">It cannot be read now, or somebody is writing to it.</exception>
    public static ArrivedImage Read(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        if (new FileInfo(path).Length == 0)
        {
            // Nor has a pipe any length, and opening one would wait for whoever writes to it.
            return new ArrivedImage(path, Convert.ToHexStringLower(SHA256.HashData([])), ImageSource.FromBytes(default, name));
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length > MaxBytes)
        {
            string digest = Convert.ToHexStringLower(SHA256.HashData(file));
            return new ArrivedImage(path, digest, ImageSource.Unusable(name, $"has more than {MaxBytes / 1_000_000} MB: an image is not that large"));
        }

        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return new ArrivedImage(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), ImageSource.FromBytes(bytes, name));
    }
}
