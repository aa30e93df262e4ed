using System.Security.Cryptography;

namespace InceptionMl.Backbones.Download;

/// <summary>The digests that publishers give of a file, in lower-case hexadecimal.</summary>
internal sealed record FileDigests(string Sha256, string Md5)
{
    /// <summary>Reads a stream from where it stands to its end.</summary>
    public static async Task<FileDigests> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        byte[] buffer = new byte[1 << 17];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            sha256.AppendData(buffer, 0, read);
            md5.AppendData(buffer, 0, read);
        }

        return new FileDigests(Convert.ToHexStringLower(sha256.GetHashAndReset()), Convert.ToHexStringLower(md5.GetHashAndReset()));
    }

    /// <summary>Determines whether a published checksum is this content's.</summary>
    public bool Match(PublishedChecksum checksum) => checksum.Kind switch
    {
        ChecksumKind.Md5 => Md5 == checksum.Hex,
        ChecksumKind.Sha256 => Sha256 == checksum.Hex,
        _ => Sha256.StartsWith(checksum.Hex, StringComparison.Ordinal),
    };
}
