namespace InceptionMl.Backbones.Download;

/// <summary>A published checksum.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Hex">Its lower-case hexadecimal digits.</param>
public sealed record PublishedChecksum(ChecksumKind Kind, string Hex);
