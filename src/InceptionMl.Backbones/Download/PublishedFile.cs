namespace InceptionMl.Backbones.Download;

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
