namespace InceptionMl.Backbones.Download;

/// <summary>A file that is whole and was verified.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, in lower-case hexadecimal.</param>
public sealed record DownloadedFile(string Path, long Bytes, string Sha256);
