namespace InceptionMl.Backbones.Download;

/// <summary>Whether bytes on the disk are the published file.</summary>
internal static class ContentCheck
{
    /// <summary>Reads the file whole.</summary>
    /// <param name="file">What is published.</param>
    /// <param name="path">The bytes in question.</param>
    /// <param name="recorded">The SHA-256 that the file had when it first came; null if it is new here.</param>
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

        FileDigests digests;
        FileStream stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            digests = await FileDigests.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
        }

        string sha256 = digests.Sha256;
        if (file.Checksum is { } checksum && !digests.Match(checksum))
        {
            throw new BackboneException($"{file.FileName} is not the published file: {Difference(checksum, digests)}");
        }

        return recorded is null || recorded == sha256
            ? sha256
            : throw new BackboneException($"{file.FileName} has SHA-256 {sha256}, but had {recorded} when it first came here: what is published has changed, "
                + $"and nobody vouches for the change; if you do, delete {file.FileName}.sha256 and try again")
            {
                Path = path,
            };
    }

    private static string Difference(PublishedChecksum checksum, FileDigests digests) => checksum.Kind switch
    {
        ChecksumKind.Md5 => $"its MD5 is {digests.Md5}, expected {checksum.Hex}",
        ChecksumKind.Sha256 => $"its SHA-256 is {digests.Sha256}, expected {checksum.Hex}",
        _ => $"its SHA-256 is {digests.Sha256}, expected to begin with {checksum.Hex}",
    };
}
