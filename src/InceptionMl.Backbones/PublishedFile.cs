using System.Security.Cryptography;

namespace InceptionMl.Backbones;

/// <summary>A file as its publisher describes it.</summary>
/// <param name="FileName">Its name in the download folder; no two files there share one.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Bytes">Its size; null if it is not published.</param>
/// <param name="Checksum">Its checksum; null if none is published.</param>
public sealed record PublishedFile(string FileName, Uri Address, long? Bytes, PublishedChecksum? Checksum);

/// <summary>A published checksum.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Hex">Its lower-case hexadecimal digits.</param>
public sealed record PublishedChecksum(ChecksumKind Kind, string Hex);

/// <summary>What a publisher says of a file's content.</summary>
public enum ChecksumKind
{
    /// <summary>The whole SHA-256: 64 hexadecimal digits.</summary>
    Sha256,

    /// <summary>The first digits of the SHA-256, as PyTorch puts them into file names.</summary>
    Sha256Prefix,

    /// <summary>The MD5: 32 hexadecimal digits.</summary>
    Md5,
}

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
