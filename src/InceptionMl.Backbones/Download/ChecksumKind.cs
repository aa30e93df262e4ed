namespace InceptionMl.Backbones.Download;

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
