using System.Security.Cryptography;

namespace InceptionMl.Training.Backbones.Download;

/// <summary>Whether bytes on the disk are the published file.</summary>
internal static class ContentCheck
{
    /// <summary>Reads the file whole.</summary>
    /// <param name="file">What is published.</param>
    /// <param name="path">The bytes in question.</param>
    /// <param name="recorded">The SHA-256 that the file had when it first came; null where it is new here.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The SHA-256.</returns>
    /// <exception cref="BackboneException">It is another file.</exception>
    public static async Task<string> RequireAsync(PublishedFile file, string path, string? recorded, CancellationToken cancellationToken)
    {
        long length = new FileInfo(path).Length;
        if (file.Bytes is { } bytes && length != bytes)
        {
            throw new BackboneException(FormattableString.Invariant($"{file.FileName} has {length:N0} bytes where {bytes:N0} are published"));
        }

        (string sha256, string md5) = await HashAsync(path, cancellationToken).ConfigureAwait(false);
        if (Differs(file.Checksum, sha256, md5) is { } difference)
        {
            throw new BackboneException($"{file.FileName} is not the published file: {difference}");
        }

        return recorded is null || recorded == sha256
            ? sha256
            : throw new BackboneException($"{file.FileName} has SHA-256 {sha256}, but had {recorded} when it first came here: what is published has changed, "
                + $"and nobody vouches for the change; if you do, delete {file.FileName}.sha256 and try again");
    }

    private static string? Differs(PublishedChecksum? checksum, string sha256, string md5) => checksum switch
    {
        { Kind: ChecksumKind.Md5 } when md5 != checksum.Hex => $"its MD5 is {md5}, expected {checksum.Hex}",
        { Kind: ChecksumKind.Sha256 } when sha256 != checksum.Hex => $"its SHA-256 is {sha256}, expected {checksum.Hex}",
        { Kind: ChecksumKind.Sha256Prefix } when !sha256.StartsWith(checksum.Hex, StringComparison.Ordinal) =>
            $"its SHA-256 is {sha256}, expected to begin with {checksum.Hex}",
        _ => null,
    };

    private static async Task<(string Sha256, string Md5)> HashAsync(string path, CancellationToken cancellationToken)
    {
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        FileStream stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            byte[] buffer = new byte[1 << 17];
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                sha256.AppendData(buffer, 0, read);
                md5.AppendData(buffer, 0, read);
            }
        }

        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()));
    }
}
